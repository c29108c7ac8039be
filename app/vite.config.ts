/** Builds the pages: `build/client` for browsers, `build/server` for the process in `app/server`. */
import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [
    remix({
      appDirectory: "app",
      buildDirectory: "build",
      ignoredRouteFiles: ["**/*"],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_singleFetch: true,
        v3_lazyRouteDiscovery: true,
        v3_routeConfig: true,
      },
    }),
  ],
  build: {
    target: "es2022",
    sourcemap: false,
    // Every file stays a file: the content policy allows no `data:` scripts, and fonts are cached for a year.
    assetsInlineLimit: 0,
    rollupOptions: {
      onwarn(warning, warn) {
        // Routes that only answer have nothing for the browser; misplaced comments are their libraries' affair.
        if (warning.code !== "EMPTY_BUNDLE" && warning.code !== "INVALID_ANNOTATION") warn(warning);
      },
    },
  },
  server: { hmr: { port: 24_678 } },
});

/** Figures for `/metrics`: counts and times, nothing by person, delegation or text. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = {
  requestEnded(request: { readonly area: string; readonly status: number; readonly ms: number }): void;
  refused(by: "guard" | "code" | "sign-in" | "socket"): void;
  signedIn(): void;
  noticeSent(streams: number): void;
  slowWrite(ms: number): void;
  /** Prometheus text. */
  text(): Promise<string>;
  readonly contentType: string;
  close(): void;
};

export function createMetrics(now: {
  readonly streams: () => number;
  readonly rooms: () => { readonly rooms: number; readonly peers: number; readonly updates: number };
}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "chapeau_request_seconds",
    help: "Requests by area and class of status",
    labelNames: ["area", "status"],
    buckets: [0.005, 0.02, 0.06, 0.15, 0.5, 2],
    registers,
  });
  const refusals = new Counter({
    name: "chapeau_refused_total",
    help: "Refused, by door",
    labelNames: ["door"],
    registers,
  });
  const logins = new Counter({ name: "chapeau_logins_total", help: "Logins made", registers });
  const notices = new Counter({ name: "chapeau_notices_total", help: "Notices sent to streams", registers });
  const slow = new Histogram({
    name: "chapeau_slow_write_seconds",
    help: "Transactions above 20 ms",
    buckets: [0.03, 0.05, 0.1, 0.5, 2],
    registers,
  });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge("chapeau_streams", "Open notice streams", now.streams);
  gauge("chapeau_rooms", "Texts held open", () => now.rooms().rooms);
  gauge("chapeau_peers", "Drafters' pages connected", () => now.rooms().peers);
  gauge("chapeau_updates", "Updates logged since the start", () => now.rooms().updates);
  return {
    requestEnded({ area, status, ms }) {
      requests.observe({ area, status: `${Math.floor(status / 100)}xx` }, ms / 1000);
    },
    refused: (door) => refusals.inc({ door }),
    signedIn: () => logins.inc(),
    noticeSent: (streams) => notices.inc(streams),
    slowWrite: (ms) => slow.observe(ms / 1000),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    close: () => registry.clear(),
  };
}

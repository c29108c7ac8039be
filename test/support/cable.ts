/** A network cable between a browser and the server: everything passes, until it is cut. */
import { type Socket, connect, createServer } from "node:net";
import { once } from "node:events";

export type Cable = {
  readonly url: string;
  /** Ends what is open and refuses what comes, as a dead network does. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
};

/** A cable to the port of the server on loopback. */
export async function layCable(port: number): Promise<Cable> {
  let isCut = false;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(port, "127.0.0.1");
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("close", () => open.delete(socket));
      socket.on("error", () => socket.destroy());
    }
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
    near.pipe(far);
    far.pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the cable has no port");
  const drop = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut() {
      isCut = true;
      drop();
    },
    mend() {
      isCut = false;
    },
    async close() {
      drop();
      server.close();
      await once(server, "close");
    },
  };
}

/** The baseline: a bare `ws` server that sends every message to everyone. Tells its address. */
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { report } from "./orders.ts";

const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
sockets.on("connection", (socket) => {
  socket.on("message", (data, isBinary) => {
    for (const peer of sockets.clients) if (peer.readyState === 1) peer.send(data, { binary: isBinary });
  });
});
http.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 }, () => {
  const address = http.address();
  if (address && typeof address === "object") void report({ url: `ws://127.0.0.1:${address.port}` });
});

/** One socket to the room. `opened`, `received` and `closed` are called by it, `closed` exactly once. */
export type SocketEvents = {
  opened(): void;
  received(frame: Uint8Array): void;
  closed(code: number): void;
};

export type Socket = {
  send(frame: Uint8Array): void;
  close(): void;
};

export type OpenSocket = (events: SocketEvents) => Socket;

/** Sockets of the browser to an address such as `wss://host/collab?text=ID`. */
export function webSockets(address: string): OpenSocket {
  return (events) => {
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => events.opened());
    socket.addEventListener("message", ({ data }) => {
      if (data instanceof ArrayBuffer) events.received(new Uint8Array(data));
    });
    socket.addEventListener("close", ({ code }) => events.closed(code));
    return {
      send: (frame) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(new Uint8Array(frame));
      },
      close: () => socket.close(),
    };
  };
}

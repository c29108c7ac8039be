/** The child's side: orders that come from the bench, and the end when the bench is gone. */

/** The next message of the bench. */
export function takeOrder<T>(): Promise<T> {
  return new Promise((take) => {
    // What the bench sends is what this child's file says.
    process.once("message", (message) => take(message as T));
  });
}

export function report(message: object): Promise<void> {
  return new Promise((done) => {
    if (process.send) process.send(message, () => done());
    else done();
  });
}

export const wait = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms);
  });

/** Milliseconds since 1970 with fractions: comparable between processes of one machine. */
export const instant = (): number => performance.timeOrigin + performance.now();

process.on("disconnect", () => process.exit(0));

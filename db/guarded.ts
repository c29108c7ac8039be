/** What belongs to a transaction is refused once the transaction has ended: whoever keeps it longer forgot to await. */

const lives = new WeakMap<object, () => boolean>();

/** The same thing, every use of which throws from when `isOpen` says no. */
export function guarded<T extends object>(thing: T, isOpen: () => boolean): T {
  const check = () => {
    if (isOpen()) return;
    throw new Error("A transaction was used after its db.write had ended: a store call was not awaited.");
  };
  const guard = new Proxy(thing, {
    get(target, key, receiver) {
      check();
      const value: unknown = Reflect.get(target, key, receiver);
      // Several statements under names of their own.
      return isPlain(target) && isObject(value) ? guarded(value, isOpen) : value;
    },
    apply(target, self, values) {
      check();
      return Reflect.apply(target as () => unknown, self, values);
    },
  });
  lives.set(guard, isOpen);
  return guard;
}

/** `thing` as it may be used by whoever was given `by`: guarded as that is, or as it is. */
export function guardedAs<T>(by: object, thing: T): T {
  const isOpen = lives.get(by);
  return isOpen !== undefined && isObject(thing) ? guarded(thing, isOpen) : thing;
}

function isObject<T>(thing: T): thing is T & object {
  return typeof thing === "function" || (typeof thing === "object" && thing !== null);
}

function isPlain(thing: object): boolean {
  return Object.getPrototypeOf(thing) === Object.prototype;
}

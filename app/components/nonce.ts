/** The nonce of this response, for the scripts that the page brings itself; "" in the browser, where none is needed. */
import { createContext, useContext } from "react";

export const NonceContext = createContext("");

export function useNonce(): string {
  return useContext(NonceContext);
}

/**
 * Links of long lists. Remix's own resolve their address against the routes around them and prepare to load ahead, each
 * for itself; these have whole addresses and are followed by one function for all. Without script they are links as well.
 */
import { useNavigate } from "@remix-run/react";
import {
  type AnchorHTMLAttributes,
  type MouseEvent,
  type ReactNode,
  createContext,
  useCallback,
  useContext,
} from "react";

type Follow = (event: MouseEvent<HTMLAnchorElement>) => void;

const FollowContext = createContext<Follow | undefined>(undefined);

/** Around everything in which such links stand; outside of it they load their page whole. */
export function PlainLinks({ children }: { readonly children: ReactNode }) {
  const navigate = useNavigate();
  const follow = useCallback<Follow>(
    (event) => {
      const { currentTarget: link, button, metaKey, ctrlKey, altKey, shiftKey } = event;
      if (event.defaultPrevented || button !== 0 || metaKey || ctrlKey || altKey || shiftKey) return;
      event.preventDefault();
      const to = `${link.pathname}${link.search}${link.hash}`;
      navigate(to, { replace: link.href === location.href });
    },
    [navigate],
  );
  return <FollowContext.Provider value={follow}>{children}</FollowContext.Provider>;
}

/** `to`: an address of this installation, from its first slash on. */
export function PlainLink({
  to,
  discover = false,
  children,
  ...more
}: Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href" | "onClick"> & {
  readonly to: string;
  /** The code of the page that it leads to is asked for before it is followed; one link of a list is enough. */
  readonly discover?: boolean;
}) {
  const follow = useContext(FollowContext);
  return (
    <a {...more} href={to} onClick={follow} data-discover={discover ? "true" : undefined}>
      {children}
    </a>
  );
}

/** Marks and icons, drawn once per page and used by `<use href="#i-…">`. Every mark has its own silhouette. */

/** As HTML: drawn one by one they take as long as the words of a short page. */
const SYMBOLS = `
<symbol id="i-agreed" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm3.9 5.2-4.6 5.2L4 8.4l1.2-1.3 2 1.8 3.4-3.9Z"/></symbol>
<symbol id="i-adref" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.7v10.6A5.3 5.3 0 0 1 8 2.7Z"/></symbol>
<symbol id="i-bracketed" viewBox="0 0 16 16"><path d="M2 1.5h4v2H4v9h2v2H2zM14 1.5h-4v2h2v9h-2v2h4z"/></symbol>
<symbol id="i-inserted" viewBox="0 0 16 16"><path d="M6.700 1.500h2.600v5.200h5.200v2.600H9.300v5.200H6.700V9.300H1.500V6.700h5.200z"/></symbol>
<symbol id="i-deleted" viewBox="0 0 16 16"><path d="M1 7h14v2H1zM4 2h8v2H4zM4 12h8v2H4z"/></symbol>
<symbol id="i-locked" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M5 7V5a3 3 0 0 1 6 0v2h1.500v7.500h-9V7Zm1.700 0h2.600V5a1.300 1.300 0 0 0-2.600 0Z"/></symbol>
<symbol id="i-floor" viewBox="0 0 16 16"><path d="M3 1.500 14 8 3 14.500z"/></symbol>
<symbol id="i-silence" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M3 1h10v2.200L9.600 8l3.400 4.800V15H3v-2.200L6.400 8 3 3.200Zm2.200 2 2.800 3.900L10.800 3Z"/></symbol>
<symbol id="i-open" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.600a5.400 5.400 0 1 1 0 10.800A5.400 5.400 0 0 1 8 2.600Z"/></symbol>
<symbol id="i-check" viewBox="0 0 16 16"><path d="m6.200 13.200-5-4.900 1.400-1.400 3.500 3.400 7.200-7.800 1.500 1.300z"/></symbol>
<symbol id="i-next" viewBox="0 0 16 16"><path d="m5.500 2 6 6-6 6-1.300-1.300L8.900 8 4.200 3.300z"/></symbol>
<symbol id="i-prev" viewBox="0 0 16 16"><path d="m10.500 2-6 6 6 6 1.300-1.300L7.100 8l4.700-4.700z"/></symbol>
<symbol id="i-down" viewBox="0 0 16 16"><path d="m2 5.500 6 6 6-6-1.300-1.300L8 8.900 3.300 4.200z"/></symbol>
<symbol id="i-search" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M6.700 1a5.700 5.700 0 1 0 3.400 10.300l3.600 3.600 1.200-1.200-3.600-3.600A5.700 5.700 0 0 0 6.700 1Zm0 1.700a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z"/></symbol>
<symbol id="i-watch" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 3C4.500 3 1.800 5.300.700 8c1.100 2.700 3.800 5 7.300 5s6.200-2.300 7.300-5C14.200 5.300 11.500 3 8 3Zm0 2a3 3 0 1 1 0 6 3 3 0 0 1 0-6Zm0 1.500a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3Z"/></symbol>
<symbol id="i-private" viewBox="0 0 16 16"><path d="M1.300 2.500 2.500 1.300l12.200 12.200-1.200 1.200-2.400-2.400A8 8 0 0 1 8 13C4.500 13 1.800 10.700.700 8c.500-1.200 1.400-2.400 2.500-3.300zM8 3c3.500 0 6.200 2.300 7.300 5-.400 1-1 1.900-1.800 2.700L6.100 3.300Q7 3 8 3Z"/></symbol>
<symbol id="i-list" viewBox="0 0 16 16"><path d="M1 2.500h3v2H1zM6 2.500h9v2H6zM1 7h3v2H1zM6 7h9v2H6zM1 11.500h3v2H1zM6 11.500h9v2H6z"/></symbol>
<symbol id="i-hand" viewBox="0 0 16 16"><path d="M2 1h2v1h9l-2 3.500L13 9H4v6H2z"/></symbol>
<symbol id="i-reply" viewBox="0 0 16 16"><path d="M6 2v3h3.500A4.500 4.500 0 0 1 14 9.500V14h-2V9.500A2.500 2.500 0 0 0 9.500 7H6v3L1.500 6z"/></symbol>
<symbol id="i-doc" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M3 1h6.500L13 4.500V15H3Zm1.600 1.600v10.800h6.800V6H8V2.600Z"/></symbol>
<symbol id="i-alert" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 1 15.500 14.500H.5Zm-.9 5 .2 4h1.400l.2-4Zm.9 5.200a1 1 0 1 0 0 2 1 1 0 0 0 0-2Z"/></symbol>
<symbol id="i-gavel" viewBox="0 0 16 16"><path d="m8.700 1 5.300 5.300-1.400 1.400-.900-.300-1.700 1.700 5 5-1.600 1.600-5-5L6.600 12.400l.300.900-1.400 1.400L.200 9.400 1.600 8l.900.300L8 2.900 7.300 2.400z"/></symbol>
<symbol id="i-quote" viewBox="0 0 16 16"><path d="M1.500 13V8q0-4.500 4.500-5.500v2Q4 5.300 4 7h2.500v6zM9 13V8q0-4.500 4.500-5.500v2q-2 .800-2 2.500H14v6z"/></symbol>
<symbol id="i-swap" viewBox="0 0 16 16"><path d="M5 1v3h9v2H5v3L1 5zM11 7v3H2v2h9v3l4-4z"/></symbol>
<symbol id="i-play" viewBox="0 0 16 16"><path d="M4 2v12h2.500V2zM9.500 2v12H12V2z"/></symbol>
`;

export function Sprite() {
  return <svg className="sprite" aria-hidden="true" dangerouslySetInnerHTML={{ __html: SYMBOLS }} />;
}

/** One icon; `label` when it says something that no word beside it says. */
export function Icon({
  name,
  label,
  flip,
}: {
  readonly name: string;
  readonly label?: string;
  readonly flip?: boolean;
}) {
  return (
    <>
      <svg className={flip ? "i flip" : "i"} aria-hidden="true">
        <use href={`#i-${name}`} />
      </svg>
      {label ? <span className="vh">{label}</span> : null}
    </>
  );
}

/* Where a scanned code leads. Anybody can print a code: an address is never followed as it stands; only what it says of
   a certificate of this house is taken, and our own address is made of that. */

const LONGEST = 4000;
const CODE = /^[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){19}$/;
const STATE_PAGE = /^\/v\/([0-9A-Za-z-]{20,30})$/;
const OFFLINE_PAGE = "/v/offline";
const SEALED = /^#[0-9A-Za-z._-]+$/;

/* {path} to go to, {foreign} with the host it names, or {} for what is no address and no code. */
export function leadsTo(text, houses) {
  const said = text.trim();
  if (said.length > LONGEST) return {};
  if (CODE.test(said)) return { path: `/v/${encodeURIComponent(said.replaceAll(" ", "-"))}` };
  let address;
  try {
    address = new URL(said);
  } catch {
    return {};
  }
  if (!["http:", "https:"].includes(address.protocol)) return { foreign: address.protocol };
  if (!houses.includes(address.origin) || address.username || address.password) return { foreign: address.host };
  const code = STATE_PAGE.exec(address.pathname);
  if (code) return { path: `/v/${code[1]}` };
  if (address.pathname === OFFLINE_PAGE && SEALED.test(address.hash)) return { path: OFFLINE_PAGE + address.hash };
  return { foreign: address.host };
}

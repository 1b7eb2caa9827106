/* What is known of a sealed certificate without asking anybody: checks that hold, that fail, and that cannot be made. */

const IN_FORCE_UNKNOWN = "verdict_good";

/* Judge what a seal says. `sealed` is {held, kid, facts}; facts are {names, title, kind, starts, ends, hours, issuer, issued,
   until, number, code, address, list, index}. `keys` is {set, at}; `revoked` is {value, at} or null where no list is here. */
export function judge(sealed, keys, revoked, now = new Date()) {
  const compromised = (keys.set.compromised ?? []).some((one) => one.kid === sealed.kid);
  if (!sealed.held) {
    const key = compromised ? [["fails", "key_fails", keys.at]] : [];
    return { tone: "bad", verdict: "verdict_bad", checks: [["fails", "seal_fails"], ...key] };
  }
  const { facts } = sealed;
  const isOver = facts.until ? new Date(facts.until) < now : false;
  const checks = [
    ["holds", "seal_holds"],
    ["holds", "key_holds", keys.at],
    facts.until ? [isOver ? "fails" : "holds", isOver ? "time_fails" : "time_holds"] : ["holds", "time_none"],
    revoked === null ? ["open", "state_open"] : [revoked.value ? "fails" : "holds", revoked.value ? "state_fails" : "state_holds", revoked.at],
    ["open", "words_open"],
  ];
  if (revoked?.value) return { tone: "bad", verdict: "verdict_out", checks };
  if (isOver) return { tone: "warn", verdict: "verdict_expired", checks };
  return { tone: "good", verdict: revoked ? "verdict_listed" : IN_FORCE_UNKNOWN, at: revoked?.at, checks };
}

/* One bit of a published status list: the first is the highest of the first byte. */
export async function bitOf(encoded, index) {
  const packed = Uint8Array.from(atob(encoded.slice(1).replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  const open = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bits = new Uint8Array(await new Response(open).arrayBuffer());
  if (!(index >= 0 && index < bits.length * 8)) throw new RangeError("no such place in the list");
  return Boolean(bits[index >> 3] & (0x80 >> (index & 7)));
}

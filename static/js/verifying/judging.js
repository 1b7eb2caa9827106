/* What is known of a sealed certificate without asking anybody: checks that hold, that fail, and that cannot be made. */

// Of the checks of credential.js: what a failing one is called here, and that none beside these may fail unnoticed.
const FAILURES = {
  key_known: "key_unknown", key_trusted: "key_fails", signature: "seal_fails", claims: "seal_fails", begun: "begun_fails",
};
const NOTHING = { tone: "bad", verdict: "verdict_nothing", checks: [] };

/* Judge what credential.js found. `keys` is {set, at}; `revoked` is {value, at}, or null where no list is on this device. */
export function judge(found, keys, revoked) {
  const held = (name) => found.checks.some((one) => one.check === name && one.held);
  const failed = found.checks.filter((one) => !one.held && one.check !== "not_lapsed").map((one) => one.check);
  if (failed.includes("form")) return NOTHING;
  if (failed.length || !held("signature")) {
    return { tone: "bad", verdict: "verdict_bad", checks: failed.map((name) => ["fails", FAILURES[name] ?? "seal_fails", keys.at]) };
  }
  const isOver = !held("not_lapsed");
  const time = !found.facts.validUntil ? ["holds", "time_none"] : isOver ? ["fails", "time_fails"] : ["holds", "time_holds"];
  const state = !revoked ? ["open", "state_open"] : revoked.value ? ["fails", "state_fails", revoked.at] : ["holds", "state_holds", revoked.at];
  const checks = [["holds", "seal_holds"], ["holds", "key_holds", keys.at], time, state, ["open", "words_open"]];
  if (revoked?.value) return { tone: "bad", verdict: "verdict_out", checks };
  if (isOver) return { tone: "warn", verdict: "verdict_expired", checks };
  return { tone: "good", verdict: revoked ? "verdict_listed" : "verdict_good", at: revoked?.at, checks };
}

/* One bit of a published status list: the first is the highest of the first byte. */
export async function bitOf(encoded, index) {
  const packed = Uint8Array.from(atob(encoded.slice(1).replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  const open = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bits = new Uint8Array(await new Response(open).arrayBuffer());
  if (!(index >= 0 && index < bits.length * 8)) throw new RangeError("no such place in the list");
  return Boolean(bits[index >> 3] & (0x80 >> (index & 7)));
}

/* What the door says without asking the server: the same rules as checkin/rules.py, on the list of the device. */

const QUARTER = 15 * 60 * 1000;
const DAY = (moment, zone) => new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(moment);
const OFF = new Set(["cancelled", "declined"]);

export const ADMITTED = new Set(["in", "already_in", "let_in"]);

/* The session somebody comes for at this moment; `wished` is the door's own choice, where its door is open. */
export function sessionAt(sessions, moment, wished = null) {
  const open = sessions.filter((one) => one.opens <= moment && moment < one.ends);
  open.sort((a, b) => a.starts - b.starts || a.id - b.id);
  const chosen = open.find((one) => one.id === wished);
  if (chosen) return chosen;
  const begun = open.filter((one) => one.starts <= moment);
  const soon = open.find((one) => moment < one.starts);
  if (soon && (!begun.length || soon.starts - moment <= QUARTER)) return soon;
  return begun.at(-1) ?? null;
}

function isToday(session, moment) {
  const today = DAY(moment, session.zone);
  return DAY(session.starts, session.zone) <= today && today <= DAY(session.ends, session.zone);
}

/* 7k3f9q2m, 7K3F-9Q2M: the reference as it is kept, or nothing. */
export function asReference(typed) {
  const letters = typed.normalize("NFKC").toUpperCase().replace(/[\s\p{Pd}]/gu, "")
    .replace(/O/g, "0").replace(/[IL]/g, "1");
  return /^[0-9A-Z]{8}$/.test(letters) ? `${letters.slice(0, 4)}-${letters.slice(4)}` : typed.trim().toUpperCase();
}

/* Who a code stands for, on this list. */
export async function recognise(list, code) {
  const said = code.trim().toUpperCase();
  if (!said.startsWith("TR1:")) return list.byReference.get(asReference(code)) ?? null;
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(said)));
  const proof = Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("").slice(0, 24);
  const person = list.byReference.get(said.split(":")[1]);
  return person && person.p === proof ? person : null;
}

/* Code, person and session of a scan. `here` holds who is in: "reference/session" → moment. */
export function judge(list, here, person, moment, { wished = null, reason = "" } = {}) {
  const session = sessionAt(list.sessions, moment, wished);
  const code = answer(list, here, person, moment, session);
  const letIn = reason && !ADMITTED.has(code);
  return { code: letIn ? "let_in" : code, person, session: session ?? (letIn ? nearest(list.sessions, moment) : null) };
}

function answer(list, here, person, moment, session) {
  if (!person) return "unknown_code";
  if (list.off) return "event_off";
  if (OFF.has(person.s)) return "cancelled";
  if (session && here.has(`${person.r}/${session.id}`)) return "already_in";
  if (person.s !== "confirmed") return "not_confirmed";
  if (!session) return list.sessions.some((one) => isToday(one, moment)) ? "no_session_now" : "other_day";
  return "in";
}

function nearest(sessions, moment) {
  const far = (one) => Math.max(one.starts - moment, moment - one.ends, 0);
  return sessions.filter((one) => one.starts - moment <= 12 * 3600 * 1000).sort((a, b) => far(a) - far(b))[0] ?? null;
}

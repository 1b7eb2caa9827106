/* How both workers of this site keep files: each set under a name of its own, FILES, until a newer set takes its place.
   The server puts this between SHELL and the worker. */

function forgetOtherSets(beginning) {
  const old = (name) => name.startsWith(beginning) && name !== FILES;
  return caches.keys()
    .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
    .then(() => self.clients.claim());
}

async function file(request) {
  const known = await caches.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(FILES)).put(request, answer.clone());
  return answer;
}

function tooLong(milliseconds) {
  return new Promise((_resolve, reject) => setTimeout(() => reject(new Error("too slow")), milliseconds));
}

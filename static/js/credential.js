// Checks what a certificate carries, with the public keys alone: nothing is asked of any server.
// The forms are written down in docs/verification-offline.md.

const KINDS = { A: "attendance", C: "completion", T: "trainer", P: "appreciation" };
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const LONGEST_TEXT = 100_000; // of a token: ours have some three thousand letters
const LARGEST_STREAM = 4_000_000; // bytes of one packed stream of a PDF, unpacked

export async function verifyCompact(fragment, jwks, now = new Date()) {
  const found = examination("compact");
  const parts = String(fragment).slice(0, LONGEST_TEXT).replace(/^[^#]*#/, "").split(".");
  const [version, kid, payload, signature] = parts;
  const facts = parts.length === 4 && version === "1" ? compactFacts(payload) : null;
  if (!found.hold("form", facts !== null && bytesOf(signature)?.length === 64)) return found.result;
  if (!(await holdsSignature(found, jwks, kid, `1.${kid}.${payload}`, signature))) return found.result;
  found.result.facts = { ...facts, kid };
  found.hold("not_lapsed", !facts.validUntil || endOf(facts.validUntil) >= now);
  return found.result;
}

export async function verifyJwt(jwt, jwks, now = new Date()) {
  const found = examination("credential");
  const parts = String(jwt).trim().slice(0, LONGEST_TEXT).split(".");
  const [header, payload] = parts.length === 3 ? parts.slice(0, 2).map(jsonOf) : [null, null];
  const isForm = isObject(header) && isObject(payload) && header.alg === "ES256" && typeof header.kid === "string"
    && !("crit" in header) && isBadge(payload) && bytesOf(parts[2])?.length === 64;
  if (!found.hold("form", isForm)) return found.result;
  const kid = header.kid.split("#").pop();
  if (!(await holdsSignature(found, jwks, kid, `${parts[0]}.${parts[1]}`, parts[2]))) return found.result;
  found.result.facts = { ...badgeFacts(payload), kid };
  found.result.credential = payload;
  if (!found.hold("claims", agree(header, payload))) return found.result;
  if (!found.hold("begun", new Date(payload.validFrom) <= now)) return found.result;
  found.hold("not_lapsed", !("validUntil" in payload) || new Date(payload.validUntil) >= now);
  return found.result;
}

// The bits of a published status list, if it is the one at this address and signed by the house; else null.
export async function verifyStatusList(jwt, address, jwks) {
  const found = examination("status list");
  const parts = String(jwt).trim().slice(0, LONGEST_TEXT).split(".");
  const [header, payload] = parts.length === 3 ? parts.slice(0, 2).map(jsonOf) : [null, null];
  if (!isObject(header) || header.alg !== "ES256" || typeof header.kid !== "string" || "crit" in header) return null;
  if (!isObject(payload) || payload.id !== address || payload.credentialSubject?.type !== "BitstringStatusList") return null;
  const kid = header.kid.split("#").pop();
  return (await holdsSignature(found, jwks, kid, `${parts[0]}.${parts[1]}`, parts[2])) ? payload.credentialSubject : null;
}

// Finds the token among the files embedded in a PDF of ours; null where there is none.
export async function credentialInPdf(buffer) {
  for (const stream of embeddedFiles(new Uint8Array(buffer))) {
    const content = stream.isPacked ? await unpacked(stream.content) : stream.content;
    const token = content && tokenIn(new TextDecoder().decode(content));
    if (token) return token;
  }
  return null;
}

// Finds the token in whatever file a holder may have: the PDF, the badge as PNG or SVG, or the token itself.
export async function credentialInFile(buffer) {
  const bytes = new Uint8Array(buffer);
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, LARGEST_STREAM));
  if (bytes[0] === 0x89 && text.startsWith("PNG", 1)) return credentialInPng(bytes);
  if (/<svg[\s>]/.test(text)) return tokenIn(/<openbadges:credential\s[^>]*\bverify\s*=\s*["']([^"']+)["']/.exec(text)?.[1] ?? "");
  return tokenIn(text) ?? credentialInPdf(buffer);
}

function credentialInPng(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const letters = (start, end) => new TextDecoder("latin1").decode(bytes.subarray(start, end));
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const end = Math.min(at + 8 + view.getUint32(at), bytes.length);
    const [keyword, , , , , text] = letters(at + 4, at + 8) === "iTXt" ? letters(at + 8, end).split("\0") : [];
    if (keyword === "openbadgecredential") return tokenIn(text ?? "");
  }
  return null;
}

function tokenIn(text) {
  const token = text.trim();
  return token.length <= LONGEST_TEXT && /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(token) ? token : null;
}

function examination(kind) {
  const result = { kind, checks: [], facts: null };
  return {
    result,
    hold(check, held) {
      result.checks.push({ check, held });
      return held;
    },
  };
}

async function holdsSignature(found, jwks, kid, signed, signature) {
  const compromised = (jwks?.compromised ?? []).find((one) => one.kid === kid);
  const key = (jwks?.keys ?? []).find((one) => one.kid === kid && one.kty === "EC" && one.crv === "P-256");
  if (!found.hold("key_known", Boolean(key || compromised))) return false;
  if (!found.hold("key_trusted", Boolean(key) && !compromised)) return false;
  const { kty, crv, x, y } = key;
  try {
    const imported = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, ALGORITHM, false, ["verify"]);
    const text = new TextEncoder().encode(signed);
    return found.hold("signature", await crypto.subtle.verify({ ...ALGORITHM, hash: "SHA-256" }, imported, bytesOf(signature), text));
  } catch {
    return found.hold("signature", false);
  }
}

function compactFacts(payload) {
  const lines = textOf(payload)?.split("\n") ?? [];
  if (lines.length < 10 || !(lines[0] in KINDS) || !/^[0-9A-Z]{20}$/.test(lines[2])) return null;
  const [kind, number, code, starts, ends, issued, until, language, title, name, ...others] = lines;
  if (![starts, issued].every(isDay) || ![ends, until].every((day) => day === "" || isDay(day))) return null;
  const names = Object.fromEntries(others.filter((line) => line.includes("=")).map((line) => {
    const at = line.indexOf("=");
    return [line.slice(0, at), line.slice(at + 1)];
  }));
  return {
    kind: KINDS[kind], number, title, language, name, names: { [language]: name, ...names },
    code: code.match(/.{4}/g).join("-"), startsOn: day(starts), endsOn: day(ends || starts), issuedOn: day(issued),
    validUntil: until ? day(until) : null, stateAt: `/v/${code.match(/.{4}/g).join("-")}`,
  };
}

function badgeFacts(credential) {
  const subject = credential.credentialSubject;
  const names = [subject.identifier ?? []].flat().filter((one) => one?.identityType === "name").map((one) => String(one.identityHash));
  return {
    number: subject.licenseNumber ?? "", title: subject.achievement.name, language: subject.achievement.inLanguage ?? "en",
    name: names[0] ?? "", names, issuer: credential.issuer.name ?? credential.issuer.id,
    startsOn: subject.activityStartDate?.slice(0, 10) ?? null, endsOn: subject.activityEndDate?.slice(0, 10) ?? null,
    issuedOn: credential.validFrom.slice(0, 10), validUntil: credential.validUntil?.slice(0, 10) ?? null,
    stateAt: [credential.evidence ?? []].flat()[0]?.id ?? null, status: credential.credentialStatus ?? null,
  };
}

function isBadge(payload) {
  const types = [payload.type ?? []].flat();
  return types.includes("VerifiableCredential") && types.includes("OpenBadgeCredential") && isObject(payload.issuer)
    && isObject(payload.credentialSubject) && isObject(payload.credentialSubject.achievement)
    && isMoment(payload.validFrom) && (!("validUntil" in payload) || isMoment(payload.validUntil));
}

function agree(header, payload) {
  const seconds = (text) => Math.floor(new Date(text).getTime() / 1000);
  return header.kid.split("#")[0] === payload.issuer.id && payload.iss === payload.issuer.id && payload.jti === payload.id
    && payload.sub === payload.credentialSubject.id && payload.nbf === seconds(payload.validFrom)
    && ("validUntil" in payload ? payload.exp === seconds(payload.validUntil) : !("exp" in payload)) && !("vc" in payload);
}

function* embeddedFiles(bytes) {
  // Every byte becomes one letter, so that places in the text are places in the file.
  const text = new TextDecoder("latin1").decode(bytes);
  const stream = /\bstream\r?\n/g;
  for (let found = stream.exec(text); found; found = stream.exec(text)) {
    const start = text.lastIndexOf(" obj", found.index);
    const dictionary = found.index - start < 4000 ? text.slice(start, found.index) : "";
    if (!/\/Type\s*\/EmbeddedFile\b/.test(dictionary)) continue;
    const end = text.indexOf("endstream", stream.lastIndex);
    if (end < 0) return;
    const told = /\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(dictionary);
    const lineEnd = /\r?\n$/.exec(text.slice(end - 2, end))?.[0].length ?? 0;
    const stop = told ? Math.min(stream.lastIndex + Number(told[1]), bytes.length) : end - lineEnd;
    yield { isPacked: /\/FlateDecode\b/.test(dictionary), content: bytes.subarray(stream.lastIndex, stop) };
  }
}

async function unpacked(content) {
  const parts = [];
  let size = 0;
  try {
    const reader = new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > LARGEST_STREAM) {
        await reader.cancel();
        return null;
      }
      parts.push(part.value);
    }
  } catch {
    return null;
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function bytesOf(text) {
  if (typeof text !== "string" || !/^[\w-]*$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

function textOf(text) {
  const bytes = bytesOf(text);
  try {
    return bytes && new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function jsonOf(text) {
  try {
    return JSON.parse(textOf(text));
  } catch {
    return null;
  }
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isMoment = (text) => typeof text === "string" && !Number.isNaN(Date.parse(text));
const isDay = (text) => /^\d{8}$/.test(text);
const day = (text) => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
const endOf = (text) => new Date(`${text}T23:59:59Z`);

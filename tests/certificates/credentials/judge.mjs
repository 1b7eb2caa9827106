// Asks a judge in JavaScript about credentials: reads one question from its input as JSON, writes the answer.
// It has no network: every document that a judge may want is in the question.

import process from "node:process";

const question = JSON.parse(await new Response(process.stdin).text());
const now = question.now ? new Date(question.now) : new Date();

async function askJose({ token, keys, issuer }) {
  const { createLocalJWKSet, decodeProtectedHeader, jwtVerify } = await import("../../vendor/judges/jose.mjs");
  const byName = createLocalJWKSet({ keys });
  const key = (header) => byName({ ...header, kid: header.kid.split("#")[1] });
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ["ES256"], issuer, typ: "JWT", currentDate: now });
    return { verified: true, payload, header: decodeProtectedHeader(token) };
  } catch (error) {
    return { verified: false, error: error.code };
  }
}

async function askVc({ credential, documents }) {
  const judges = await import("../../vendor/judges/vc.mjs");
  const documentLoader = (url) => {
    const document = documents[url] ?? judges.credentialsContexts.get(url)?.context;
    if (!document) throw new Error(`nothing is known of ${url}`);
    return { document, documentUrl: url, contextUrl: null };
  };
  const suite = new judges.DataIntegrityProof({ cryptosuite: judges.createVerifyCryptosuite() });
  const checkStatus = (asked) => judges.checkStatus({ ...asked, suite, documentLoader });
  const result = await judges.verifyCredential({ credential, suite, documentLoader, checkStatus, now });
  return {
    verified: result.verified,
    status: (result.statusResult?.results ?? []).map((one) => one.status),
    statusVerified: result.statusResult?.verified ?? null,
    error: result.error ? String(result.error.errors?.map((one) => one.message).join("; ") ?? result.error) : null,
    statusError: result.statusResult?.error ? String(result.statusResult.error) : null,
  };
}

const answer = question.judge === "jose" ? await askJose(question) : await askVc(question);
process.stdout.write(JSON.stringify(answer));

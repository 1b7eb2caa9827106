export { verifyCredential } from "@digitalbazaar/vc";
export { DataIntegrityProof } from "@digitalbazaar/data-integrity";
export { createVerifyCryptosuite } from "@digitalbazaar/ecdsa-jcs-2019-cryptosuite";
export { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
export { named as credentialsContexts } from "@digitalbazaar/credentials-context";

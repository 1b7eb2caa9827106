export const httpClient = { get() { throw new Error("no network"); } };
export const kyPromise = Promise.resolve(null);
export const DEFAULT_HEADERS = {};

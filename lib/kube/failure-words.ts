const WORDS: Record<string, string> = {
  ECONNREFUSED: 'the API server refuses connections',
  ECONNRESET: 'the API server closed the connection',
  ECONNABORTED: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: "the API server's host name does not resolve",
  EAI_AGAIN: "the API server's host name does not resolve at the moment",
  ETIMEDOUT: 'the API server does not answer',
  EHOSTUNREACH: 'the network has no route to the API server',
  ENETUNREACH: 'the network has no route to the API server',
  CERT_HAS_EXPIRED: "the API server's certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the API server's certificate is not signed by the cluster's authority",
  SELF_SIGNED_CERT_IN_CHAIN: "the API server's certificate is not signed by the cluster's authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the API server's certificate is not signed by the cluster's authority",
  ERR_TLS_CERT_ALTNAME_INVALID: "the API server's certificate is for another name",
}

/** Anything that looks like a token: a long run of the letters that tokens are made of, not of a path. */
const SECRET = /(?:bearer\s+\S+)|[A-Za-z0-9_+=-]{20,}(?:\.[A-Za-z0-9_+=-]{10,})+|[A-Za-z0-9+=_]{40,}/gi

/** A dotted name of letters alone, as of a resource: tokens that long have digits or capitals in them. */
const isName = (run: string) => /^[a-z-]+(?:\.[a-z-]+)+$/.test(run)

/** Shortens text from outside for a message, and takes out whatever might be a credential. */
export function safeText(text: string, limit = 300): string {
  const flat = text
    .replace(SECRET, (run) => (isName(run) ? run : '[redacted]'))
    .replace(/\s+/g, ' ')
    .trim()
  return flat.length > limit ? `${flat.slice(0, limit)}…` : flat
}

/** Says in words why a request failed, with the code that people search for. */
export function failureWords(error: unknown): string {
  if (!(error instanceof Error)) return safeText(String(error))
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const words = WORDS[code]
  if (words !== undefined) return `${words} (${code})`
  return safeText(error.message || error.name)
}

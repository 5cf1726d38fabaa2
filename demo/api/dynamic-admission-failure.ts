const UNKNOWN_AUTHORITY = 'tls: failed to verify certificate: x509: certificate signed by unknown authority'

/** What Go says where Node gives these codes; `host` is `name:port`. */
const WORDS: Readonly<Record<string, (host: string, name: string) => string>> = {
  ECONNREFUSED: (host) => `dial tcp ${host}: connect: connection refused`,
  EHOSTUNREACH: (host) => `dial tcp ${host}: connect: no route to host`,
  ENETUNREACH: (host) => `dial tcp ${host}: connect: network is unreachable`,
  ENOTFOUND: (_, name) => `dial tcp: lookup ${name}: no such host`,
  EAI_AGAIN: (_, name) => `dial tcp: lookup ${name}: no such host`,
  ECONNRESET: () => 'EOF',
  EPIPE: () => 'EOF',
  DEPTH_ZERO_SELF_SIGNED_CERT: () => UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: () => UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: () => UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: () => UNKNOWN_AUTHORITY,
  CERT_HAS_EXPIRED: () =>
    'tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
  ERR_TLS_CERT_ALTNAME_INVALID: (_, name) =>
    `tls: failed to verify certificate: x509: certificate is not valid for any names, but wanted to match ${name}`,
  EPROTO: () => 'tls: first record does not look like a TLS handshake',
}

/** A failed exchange in the words of Go's HTTP client. What carries no code of the network's is passed on. */
export function dialFailure(error: unknown, url: URL, timedOut: boolean): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const words = WORDS[code]
  const host = `${url.hostname}:${url.port || '443'}`
  const why = timedOut ? 'context deadline exceeded' : words?.(host, url.hostname)
  return why === undefined ? error : new Error(`Post "${url.href}": ${why}`)
}

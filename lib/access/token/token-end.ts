/** When a JWT says that it ends, in epoch milliseconds; null for a token of another kind. Nothing is verified here. */
export function tokenEnd(token: string): number | null {
  const payload = token.split('.')[1]
  if (payload === undefined || token.split('.').length !== 3) return null
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp?: unknown }
    return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1_000 : null
  } catch {
    return null
  }
}

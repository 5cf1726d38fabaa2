/** Where people sign in. */
export const SIGN_IN_PATH = '/sign-in'

const ANYWHERE = 'http://dashboard.invalid'
const LONGEST = 2_000

/**
 * Where to go after signing in: a page of our own, as path and query; `/` for whatever else was asked for. No address
 * of another site can be written so that it passes, by any reading that browsers have of one.
 */
export function returnPath(wanted: string | null | undefined): string {
  // Backslashes, tabs and newlines are read as slashes, or not at all, by some.
  if (!wanted?.startsWith('/') || wanted.length > LONGEST || /[\\\s\p{C}]/u.test(wanted)) return '/'
  const url = URL.parse(wanted, ANYWHERE)
  if (url === null || url.origin !== ANYWHERE || url.pathname.startsWith('//')) return '/'
  // What is under /api is for programs, and signing in again would lead in circles.
  if (/^\/(api|sign-in)(\/|$)/i.test(url.pathname)) return '/'
  return `${url.pathname}${url.search}`
}

/** The address of the sign-in page that leads back to where one is. */
export function signInHref(here: { pathname: string; search: string }): string {
  const to = returnPath(`${here.pathname}${here.search}`)
  return to === '/' ? SIGN_IN_PATH : `${SIGN_IN_PATH}?to=${encodeURIComponent(to)}`
}

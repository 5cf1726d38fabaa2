export interface PageSecurity {
  /** Fresh for every answer, base64. Only what bears it runs. */
  nonce: string
  /** `next dev`, whose overlay and reloading need more than the pages do. */
  dev: boolean
  /** The pages are behind TLS, and are to stay there. */
  tls: boolean
}

/**
 * The policy of the pages: nothing runs, is drawn or is spoken to that did not come from here (promise E8). It does not
 * have `require-trusted-types-for 'script'`: Turbopack's loader of chunks sets `script.src` to a text. Nothing else on
 * our pages, the editor, terminals and consoles included, would break.
 */
export function contentSecurityPolicy({ nonce, dev }: Pick<PageSecurity, 'nonce' | 'dev'>): string {
  const directives = {
    'default-src': "'none'",
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    'style-src': dev ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    // The sizes of rows and panels are attributes that the server renders; they can load and run nothing.
    'style-src-attr': "'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'object-src': "'none'",
  }
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')
}

/** What a page may ask of the browser; everything else that browsers know is off. */
const PERMISSIONS = [
  'accelerometer=()',
  'autoplay=()',
  'camera=()',
  'clipboard-read=(self)',
  'clipboard-write=(self)',
  'display-capture=()',
  'encrypted-media=()',
  'fullscreen=(self)',
  'geolocation=()',
  'gyroscope=()',
  'hid=()',
  'magnetometer=()',
  'microphone=()',
  'midi=()',
  'payment=()',
  'picture-in-picture=()',
  'publickey-credentials-get=()',
  'screen-wake-lock=()',
  'serial=()',
  'usb=()',
  'xr-spatial-tracking=()',
].join(', ')

const YEAR_SECONDS = 31_536_000

/**
 * The headers that every answer bears, errors and files included. Siblings of the dashboard's name may be web servers in
 * VMs, so the promise of TLS is for this name alone.
 */
export function securityHeaders(security: PageSecurity): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(security),
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'permissions-policy': PERMISSIONS,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(security.tls ? { 'strict-transport-security': `max-age=${YEAR_SECONDS}` } : {}),
  }
}

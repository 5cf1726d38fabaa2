import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { RAIL, THEME } from '../components/shell/choices.ts'
import { Gate } from '../components/session/gate.tsx'
import { choiceScript } from '../components/ui/choice-script.ts'
import { SessionProvider } from '../lib/live/session-provider.tsx'
import './globals.css'

const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-inter',
  display: 'swap',
})

const mono = localFont({
  src: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  weight: '100 800',
  variable: '--font-jetbrains',
  display: 'swap',
})

export const metadata: Metadata = {
  title: { default: 'Fleet · Cocoon', template: '%s · Cocoon' },
  description: 'The state of a fleet of Cocoon microVMs, as the cluster tells it.',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f6f4' },
    { media: '(prefers-color-scheme: dark)', color: '#0f0f12' },
  ],
}

const PAINT = choiceScript([THEME, RAIL])

/** Reading the headers also makes every page dynamic, which a content security policy with a nonce needs. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    // The script changes attributes of <html> before React sees it, and browsers hide the nonce from scripts.
    <html lang="en" className={`${inter.variable} ${mono.variable}`} suppressHydrationWarning>
      <head>
        <script nonce={nonce} suppressHydrationWarning>
          {PAINT}
        </script>
      </head>
      <body>
        <div id="app">
          <SessionProvider>
            <Gate>{children}</Gate>
          </SessionProvider>
        </div>
      </body>
    </html>
  )
}

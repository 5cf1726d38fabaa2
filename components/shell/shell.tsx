import type { ReactNode } from 'react'
import { RunHost } from '../bulk/run-host.tsx'
import { SessionBanners } from '../session/session-banners.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { Favicon } from './favicon.tsx'
import { Sidebar } from './sidebar.tsx'

/** The frame of every page. The keyboard can jump over the sidebar. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <div className="shell">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-accent focus:px-3 focus:py-1.5 focus:text-on-accent"
      >
        Skip to the fleet
      </a>
      <Sidebar />
      <div className="flex min-h-0 min-w-0 flex-col">
        <SessionBanners />
        <main id="main" tabIndex={-1} className="min-h-0 flex-1 outline-none">
          {children}
        </main>
      </div>
      <BottomBar />
      <RunHost />
      <Favicon />
    </div>
  )
}

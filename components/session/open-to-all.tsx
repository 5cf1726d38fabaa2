import { LockOpen } from 'lucide-react'
import { SessionBanner } from './session-banner.tsx'

const Code = ({ children }: { children: string }) => <code className="font-mono text-xs">{children}</code>

/** Said all the time where nobody signs in and not only this machine may come. */
export function OpenToAll() {
  return (
    <SessionBanner Icon={LockOpen} tone="unreachable" label="No sign-in">
      <b className="font-bold">Nobody signs in here.</b> Whoever reaches this address sees the fleet, and acts
      on it as the dashboard itself (<Code>ALLOW_UNAUTHENTICATED=true</Code>). Set <Code>AUTH_MODE</Code> to
      have people sign in.
    </SessionBanner>
  )
}

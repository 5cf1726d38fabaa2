'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useSession } from '../../lib/live/session-provider.tsx'
import { Popover } from '../ui/popover.tsx'
import { Avatar } from './avatar.tsx'
import { shortName } from './person-words.ts'
import { later } from '../ui/later.tsx'

const load = () => import('./account-menu.tsx')

const AccountMenu = later(
  () => load().then((module) => module.AccountMenu),
  () => <div className="h-40 w-[min(300px,calc(100vw-50px))]" />,
)

const LOOKS = {
  row: 'nav-link !gap-2 !px-2',
  icon: 'grid size-8 place-items-center rounded-lg hover:bg-hover',
  bar: 'bottom-item',
} as const

/** Who one is; opens what goes with it. */
export function AccountButton({ look }: { look: keyof typeof LOOKS }) {
  const session = useSession()
  if (session.kind !== 'in') return null
  const { signedIn } = session.document
  // The dashboard's own account is nobody's name.
  const name = signedIn === null || signedIn.means === 'dashboard' ? null : signedIn.name
  const words = name === null ? 'No sign-in' : shortName(name)
  return (
    <span className="contents" onPointerEnter={() => void load()} onFocus={() => void load()}>
      <Popover
        title={name === null ? 'Nobody signs in here' : 'Signed in'}
        titleHidden={name !== null}
        align={look === 'bar' ? 'end' : 'start'}
        triggerLabel={name === null ? 'Account: no sign-in' : `Account: ${name}`}
        triggerClass={LOOKS[look]}
        trigger={
          <>
            <span className={look === 'bar' ? 'grid h-[18px] place-items-center' : 'contents'}>
              <Avatar name={name} />
            </span>
            {look === 'row' && (
              <>
                <bdi data-tip-cut className="min-w-0 truncate">
                  {words}
                </bdi>
                <ChevronsUpDown
                  aria-hidden
                  size={13}
                  strokeWidth={1.75}
                  className="ml-auto shrink-0 text-faint"
                />
              </>
            )}
            {look === 'bar' && 'Account'}
          </>
        }
      >
        <AccountMenu document={session.document} />
      </Popover>
    </span>
  )
}

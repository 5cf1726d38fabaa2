'use client'

import { Lock, MonitorOff, Moon } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { capital } from '../../lib/fleet/can/wording.ts'
import { SCREEN_WORDS } from '../../lib/fleet/console/screen.ts'
import { useVm } from '../../lib/live/fleet-hooks.ts'
import { useScreenRight } from '../act/rights/use-rights.ts'
import { consoleHref } from '../console/own-window.ts'
import { VmPhase } from '../vm/vm-phase.tsx'
import { Picture } from './picture.tsx'
import { ScreenAge } from './screen-age.tsx'
import type { ShownScreen } from './screen-feed.ts'
import { useInView } from './use-in-view.ts'
import { useScreen } from './use-screen.ts'
import { later } from '../ui/later.tsx'

const LiveScreen = later(() => import('./live-screen.tsx').then((module) => module.LiveScreen))

const WIDTH = 640
/** A pointer that only crosses the wall opens nothing. */
const LINGER_MS = 600

function Refused({ reason }: { reason: string }) {
  return (
    <span className="screen-blank">
      <Lock aria-hidden size={22} strokeWidth={1.5} />
      <b>Not yours to see</b>
      <bdi className="line-clamp-3">{reason}</bdi>
    </span>
  )
}

/** Where there is no picture: why, in a few words. */
function Blank({ shown }: { shown: ShownScreen }) {
  const { known, trouble, detail } = shown
  if (!known) return <span className="screen-blank skeleton" aria-hidden />
  const Icon = trouble === 'asleep' ? Moon : MonitorOff
  return (
    <span className="screen-blank">
      <Icon aria-hidden size={22} strokeWidth={1.5} />
      <b>
        {trouble === 'asleep'
          ? 'No picture from before'
          : capital(SCREEN_WORDS[trouble ?? 'unreachable'].short)}
      </b>
      <span className="line-clamp-3">{detail}</span>
    </span>
  )
}

/** True a little after `wanted`, false at once. */
function useLingering(wanted: boolean): boolean {
  const [lingers, setLingers] = useState(false)
  useEffect(() => {
    if (!wanted) return undefined
    const timer = setTimeout(() => setLingers(true), LINGER_MS)
    return () => {
      clearTimeout(timer)
      setLingers(false)
    }
  }, [wanted])
  return lingers && wanted
}

/** One screen of the wall: a still, live under the pointer or the focus; a click opens the console. */
export function ScreenTile({ uid }: { uid: string }) {
  const vm = useVm(uid)
  const { inView, ref } = useInView()
  const may = useScreenRight(vm)
  const shown = useScreen(vm ?? { uid, namespace: '', name: '' }, WIDTH, inView && may?.ok === true)
  const [here, setHere] = useState(false)
  const [live, setLive] = useState(false)
  // A picture without trouble shows that the server shares: nobody is put out by one more viewer.
  const mayLive = may?.ok === true && shown.url !== null && shown.trouble === null
  const lingers = useLingering(here && mayLive && inView)
  if (vm === undefined) return null
  return (
    <li ref={ref} className="screen-tile" data-old={shown.trouble === null ? undefined : ''}>
      <Link
        href={consoleHref(vm)}
        prefetch={false}
        className="screen-frame"
        aria-label={`Console of ${vm.name}`}
        onPointerEnter={() => setHere(true)}
        onPointerLeave={() => setHere(false)}
        onFocus={() => setHere(true)}
        onBlur={() => setHere(false)}
      >
        {may?.ok === false ? (
          <Refused reason={may.reason} />
        ) : shown.url === null ? (
          <Blank shown={shown} />
        ) : (
          <Picture url={shown.url} />
        )}
        {lingers && <LiveScreen vm={vm} onLive={setLive} />}
      </Link>
      {may?.ok === true && <ScreenAge shown={shown} live={lingers && live} />}
      <div className="screen-foot">
        <bdi data-tip-cut className="truncate font-bold">
          {vm.name}
        </bdi>
        <span className="ml-auto shrink-0">
          <VmPhase vm={vm} />
        </span>
      </div>
    </li>
  )
}

'use client'

import { MonitorPlay } from 'lucide-react'
import type { Vm } from '../../lib/fleet/vm.ts'
import { useScreenRight } from '../act/rights/use-rights.ts'
import { Picture } from './picture.tsx'
import './screens.css'
import { useInView } from './use-in-view.ts'
import { useScreen } from './use-screen.ts'

const WIDTH = 160

/** The screen of a VM as small as its row; an icon until there is a picture, and where there is none. */
export function RowScreen({ vm }: { vm: Vm }) {
  const { inView, ref } = useInView()
  const may = useScreenRight(vm)?.ok === true
  const { url, trouble } = useScreen(vm, WIDTH, inView && may)
  return (
    <span ref={ref} className="row-screen" data-old={trouble === null ? undefined : ''}>
      {url === null || !may ? (
        <MonitorPlay aria-hidden size={13} strokeWidth={1.75} />
      ) : (
        <Picture url={url} />
      )}
    </span>
  )
}

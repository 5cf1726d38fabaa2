import {
  ArrowLeftRight,
  CircleCheck,
  CircleQuestionMark,
  Hourglass,
  LoaderCircle,
  Moon,
  MoonStar,
  Sunrise,
  Trash2,
  TriangleAlert,
  WifiOff,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { VmPhase } from '../../lib/fleet/vm.ts'

export interface PhaseLook {
  word: string
  Icon: LucideIcon
  /** What the phase means, in one sentence, for the tip. */
  meaning: string
  /** On its way to another phase: its time is a wait, not an age. */
  moving: boolean
}

/** How each phase looks. Its colours are in `globals.css`, under `data-phase`. */
export const PHASE_LOOKS: Record<VmPhase, PhaseLook> = {
  scheduling: {
    word: 'Scheduling',
    Icon: Hourglass,
    meaning: 'Waits for a node that has room.',
    moving: true,
  },
  creating: {
    word: 'Creating',
    Icon: LoaderCircle,
    meaning: 'The node is cloning or booting it.',
    moving: true,
  },
  waking: {
    word: 'Waking',
    Icon: Sunrise,
    meaning: 'Its memory is being restored from the snapshot.',
    moving: true,
  },
  ready: { word: 'Ready', Icon: CircleCheck, meaning: 'Runs and answers.', moving: false },
  unreachable: {
    word: 'Unreachable',
    Icon: WifiOff,
    meaning: 'Runs, but does not answer its probe.',
    moving: false,
  },
  hibernating: {
    word: 'Hibernating',
    Icon: MoonStar,
    meaning: 'Its memory is being saved.',
    moving: true,
  },
  hibernated: {
    word: 'Hibernated',
    Icon: Moon,
    meaning: 'Asleep as intended: its memory is saved, and it uses no node.',
    moving: false,
  },
  migrating: {
    word: 'Migrating',
    Icon: ArrowLeftRight,
    meaning: 'On its way to another node.',
    moving: true,
  },
  deleting: { word: 'Deleting', Icon: Trash2, meaning: 'Its pod is being removed.', moving: true },
  failed: {
    word: 'Failed',
    Icon: TriangleAlert,
    meaning: 'Needs somebody to look at it.',
    moving: false,
  },
  unknown: {
    word: 'Unknown',
    Icon: CircleQuestionMark,
    meaning: 'The cluster reports a state that this dashboard does not know.',
    moving: false,
  },
}

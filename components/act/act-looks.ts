import {
  ArrowLeftRight,
  CircleMinus,
  FolderPlus,
  GitFork,
  MoonStar,
  RotateCcw,
  Scaling,
  SquarePlus,
  Sunrise,
  Trash2,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { SetAction, VmAction } from './act.ts'

/** How a control is called where there is room for a word or two, and its picture. */
export interface ActLook {
  label: string
  Icon: LucideIcon
}

export const VM_LOOKS: Record<VmAction, ActLook> = {
  hibernate: { label: 'Hibernate', Icon: MoonStar },
  wake: { label: 'Wake', Icon: Sunrise },
  fork: { label: 'Fork +1', Icon: GitFork },
  'fork-into-set': { label: 'Fork into a new set', Icon: FolderPlus },
  'fork-standalone': { label: 'Fork as a VM of no set', Icon: SquarePlus },
  restart: { label: 'Restart', Icon: RotateCcw },
  'delete-vm': { label: 'Delete VM', Icon: Trash2 },
  'remove-hibernation': { label: 'Remove hibernation request', Icon: CircleMinus },
}

export const SET_LOOKS: Record<SetAction, ActLook> = {
  suspend: { label: 'Suspend', Icon: MoonStar },
  resume: { label: 'Resume', Icon: Sunrise },
  fork: { label: 'Fork', Icon: GitFork },
  scale: { label: 'Scale', Icon: Scaling },
  migrate: { label: 'Move to a node', Icon: ArrowLeftRight },
  'delete-set': { label: 'Delete set', Icon: Trash2 },
}

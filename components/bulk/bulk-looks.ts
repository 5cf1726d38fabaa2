import {
  ArrowLeftRight,
  CircleMinus,
  GitFork,
  MoonStar,
  RotateCcw,
  Scaling,
  Sunrise,
  Trash2,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { BulkAction } from '../../lib/fleet/bulk/actions.ts'

/** How each bulk action looks on a button, and what it is called in a menu. */
export const BULK_LOOKS: Record<BulkAction, { label: string; Icon: LucideIcon }> = {
  hibernate: { label: 'Hibernate', Icon: MoonStar },
  wake: { label: 'Wake', Icon: Sunrise },
  fork: { label: 'Fork', Icon: GitFork },
  restart: { label: 'Restart', Icon: RotateCcw },
  'delete-vm': { label: 'Delete', Icon: Trash2 },
  'remove-hibernation': { label: 'Remove hibernation requests', Icon: CircleMinus },
  suspend: { label: 'Suspend', Icon: MoonStar },
  resume: { label: 'Resume', Icon: Sunrise },
  'fork-set': { label: 'Fork', Icon: GitFork },
  'scale-set': { label: 'Scale', Icon: Scaling },
  'migrate-set': { label: 'Move to a node', Icon: ArrowLeftRight },
  'delete-set': { label: 'Delete', Icon: Trash2 },
}

/** The likely ones, in sight; the others are in the menu behind them. */
export const VM_BUTTONS: readonly BulkAction[] = ['hibernate', 'wake', 'fork', 'restart']
export const VM_MENU: readonly BulkAction[] = ['delete-vm', 'remove-hibernation']
export const SET_ACTIONS: readonly BulkAction[] = [
  'suspend',
  'resume',
  'fork-set',
  'scale-set',
  'migrate-set',
  'delete-set',
]

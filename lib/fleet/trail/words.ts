import { formatBytes } from '../amount.ts'
import { formatDuration } from '../duration.ts'
import type { TrailAction, TrailRecord, TrailResult } from './record.ts'

interface ActionWords {
  /** The stem of an Event's reason: HibernateRequested, HibernateRefused. */
  stem: string
  /** What somebody did, as `dana asked it to hibernate`. */
  did: string
  /** What they wanted when it was not done, as `to delete it`; without, what they did will do. */
  wanted?: string
  /** As a choice in a list. */
  label: string
}

/** The words of each action; its Event reasons are what `kubectl get events` is filtered by. */
export const ACTION_WORDS: Record<TrailAction, ActionWords> = {
  hibernate: { stem: 'Hibernate', did: 'asked it to hibernate', label: 'Hibernate' },
  wake: { stem: 'Wake', did: 'asked it to wake', label: 'Wake' },
  fork: { stem: 'Fork', did: 'asked for forks', label: 'Fork' },
  'fork-into-set': { stem: 'ForkIntoSet', did: 'asked for a new set of it', label: 'Fork into a set' },
  'fork-standalone': {
    stem: 'ForkStandalone',
    did: 'asked for a fork of no set',
    label: 'Fork without a set',
  },
  restart: {
    stem: 'Restart',
    did: 'deleted the pod for its set to make anew',
    wanted: 'to restart it',
    label: 'Restart',
  },
  'delete-vm': { stem: 'DeleteVm', did: 'deleted it', wanted: 'to delete it', label: 'Delete a VM' },
  'remove-hibernation': {
    stem: 'RemoveHibernation',
    did: 'removed it',
    wanted: 'to remove it',
    label: 'Remove a hibernation',
  },
  suspend: { stem: 'Suspend', did: 'suspended it', wanted: 'to suspend it', label: 'Suspend' },
  resume: { stem: 'Resume', did: 'resumed it', wanted: 'to resume it', label: 'Resume' },
  scale: { stem: 'Scale', did: 'scaled it', wanted: 'to scale it', label: 'Scale' },
  migrate: { stem: 'Migrate', did: 'asked for a migration', label: 'Migrate' },
  'create-set': { stem: 'CreateSet', did: 'created it', wanted: 'to create it', label: 'Create a set' },
  'edit-set': { stem: 'EditSet', did: 'edited it', wanted: 'to edit it', label: 'Edit a set' },
  'delete-set': { stem: 'DeleteSet', did: 'deleted it', wanted: 'to delete it', label: 'Delete a set' },
  'open-console': {
    stem: 'Console',
    did: 'opened its screen',
    wanted: 'to open its screen',
    label: 'Open a screen',
  },
  'close-console': { stem: 'Console', did: 'closed its screen', label: 'Close a screen' },
  'open-terminal': {
    stem: 'Terminal',
    did: 'opened a shell',
    wanted: 'to open a shell',
    label: 'Open a shell',
  },
  'close-terminal': { stem: 'Terminal', did: 'closed a shell', label: 'Close a shell' },
  'sign-in': { stem: 'SignIn', did: 'signed in', wanted: 'to sign in', label: 'Sign in' },
  'sign-out': { stem: 'SignOut', did: 'signed out', label: 'Sign out' },
}

const DONE: Partial<Record<TrailAction, string>> = {
  'open-console': 'Opened',
  'close-console': 'Closed',
  'open-terminal': 'Opened',
  'close-terminal': 'Closed',
  'create-set': 'Requested',
}

const ENDINGS: Record<TrailResult, string> = {
  done: 'Requested',
  tried: 'Tried',
  refused: 'Refused',
  failed: 'Failed',
  unknown: 'Unknown',
}

/** The reason of the Event, one word as Kubernetes wants it: HibernateRequested, ConsoleOpened, ForkRefused. */
export function reasonOf({ action, result }: Pick<TrailRecord, 'action' | 'result'>): string {
  const ending = result === 'done' ? (DONE[action] ?? ENDINGS.done) : ENDINGS[result]
  return `${ACTION_WORDS[action].stem}${ending}`
}

/** The name of everybody while nobody signs in (lib/kube/caller.ts). */
const NO_SIGN_IN = 'the dashboard'

/** Who, as a sentence begins. */
export const whoWords = (who: string) =>
  who === '' || who === NO_SIGN_IN ? 'Somebody who did not sign in' : who

const OUTCOME: Record<TrailResult, (code: string) => string> = {
  done: () => '',
  tried: (code) => `, as a trial without effect${code === '' ? '' : ` (${code})`}`,
  refused: (code) => `, and was refused (${code})`,
  failed: (code) => `, and it failed (${code})`,
  unknown: () => ', and whether it was done is not known',
}

function sessionWords({ durationMs, traffic, code }: TrailRecord): string {
  if (traffic === undefined) return ''
  const why = code === '' ? '' : ` (${code})`
  return ` after ${formatDuration(durationMs)}${why}: ${formatBytes(traffic.sent)} sent, ${formatBytes(traffic.received)} received`
}

/** What happened in one sentence, as `kubectl describe` shows it. */
export function sentenceOf(record: TrailRecord): string {
  const { who, action, detail, result, code } = record
  const { did, wanted } = ACTION_WORDS[action]
  const said = result === 'done' || wanted === undefined ? did : `wanted ${wanted}`
  const what = `${said}${detail === '' ? '' : ` (${detail})`}`
  return `${whoWords(who)} ${what}${sessionWords(record)}${OUTCOME[result](code)}.`
}

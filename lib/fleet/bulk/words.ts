import { agree, counted } from '../can/wording.ts'
import type { BulkAction, BulkArguments } from './actions.ts'

interface ActionWords {
  /** On the button that asks for it. */
  verb: string
  /** While it is being asked for. */
  doing: string
  noun: 'VM' | 'set' | 'request'
  /** One sentence: what happens to them. */
  happens(count: number, given: BulkArguments): string
  /** Whether a number must be typed when something is lost: memory that nobody can bring back. */
  typed: boolean
}

const they = (count: number) => agree(count, 'It', 'They')

/** What each bulk action is called, and does. */
export const BULK_WORDS: Record<BulkAction, ActionWords> = {
  hibernate: {
    verb: 'Hibernate',
    doing: 'Hibernating',
    noun: 'VM',
    happens: (count) =>
      `${agree(count, 'Its', 'Their')} memory is saved to the registry and ${agree(count, 'it stops', 'they stop')}. Waking takes up exactly where ${agree(count, 'it was', 'each was')}.`,
    typed: false,
  },
  wake: {
    verb: 'Wake',
    doing: 'Waking',
    noun: 'VM',
    happens: (count) =>
      `${they(count)} ${agree(count, 'is', 'are')} restored from saved memory and ${agree(count, 'goes', 'go')} on where ${agree(count, 'it was', 'each was')}.`,
    typed: false,
  },
  fork: {
    verb: 'Fork',
    doing: 'Forking',
    noun: 'VM',
    happens: (_, { count }) =>
      `The set of each gets ${counted(count, 'more sub-agent')}, cloned from its main agent.`,
    typed: false,
  },
  restart: {
    verb: 'Restart',
    doing: 'Restarting',
    noun: 'VM',
    happens: (count) =>
      `${agree(count, 'Its pod is', 'Their pods are')} deleted, and ${agree(count, 'its set makes it', 'their sets make them')} anew under the same ${agree(count, 'name', 'names')}.`,
    typed: true,
  },
  'delete-vm': {
    verb: 'Delete',
    doing: 'Deleting',
    noun: 'VM',
    happens: (count) =>
      `${agree(count, 'Its pod is', 'Their pods are')} deleted for good: nobody makes ${agree(count, 'it', 'them')} anew.`,
    typed: true,
  },
  'remove-hibernation': {
    verb: 'Remove',
    doing: 'Removing',
    noun: 'request',
    happens: (count) =>
      `The ${agree(count, 'CocoonHibernation is', 'CocoonHibernations are')} deleted, and with ${agree(count, 'it the snapshot of a VM that sleeps by it', 'them the snapshots of VMs that sleep by them')}.`,
    typed: true,
  },
  suspend: {
    verb: 'Suspend',
    doing: 'Suspending',
    noun: 'set',
    happens: (count) =>
      `All VMs of ${agree(count, 'the set', 'these sets')} save their memory and stop, until ${agree(count, 'it is', 'they are')} resumed.`,
    typed: false,
  },
  resume: {
    verb: 'Resume',
    doing: 'Resuming',
    noun: 'set',
    happens: (count) =>
      `All VMs of ${agree(count, 'the set', 'these sets')} are restored from their saved memory.`,
    typed: false,
  },
  'fork-set': {
    verb: 'Fork',
    doing: 'Forking',
    noun: 'set',
    happens: (_, { count }) => `Each gets ${counted(count, 'more sub-agent')}, cloned from its main agent.`,
    typed: false,
  },
  'scale-set': {
    verb: 'Scale',
    doing: 'Scaling',
    noun: 'set',
    happens: (_, { replicas }) => `Each is to have ${counted(replicas, 'sub-agent')} besides its main agent.`,
    typed: true,
  },
  'migrate-set': {
    verb: 'Move',
    doing: 'Moving',
    noun: 'set',
    happens: (count, { node }) =>
      node === ''
        ? `${they(count)} ${agree(count, 'is', 'are')} no longer pinned to a node: nothing moves now.`
        : `The main agent of each is hibernated, and woken on node ${node}.`,
    typed: false,
  },
  'delete-set': {
    verb: 'Delete',
    doing: 'Deleting',
    noun: 'set',
    happens: (count) => `${they(count)} and all ${agree(count, 'its', 'their')} VMs are deleted.`,
    typed: true,
  },
}

/** `1,661`, as everywhere on the page. */
export const thousands = new Intl.NumberFormat('en')

/** "12 VMs", "1 set", "3 requests". */
export const countWords = (action: BulkAction, count: number): string =>
  counted(count, BULK_WORDS[action].noun).replace(String(count), thousands.format(count))

/** "Hibernate 12 VMs". */
export const taskWords = (action: BulkAction, count: number): string =>
  `${BULK_WORDS[action].verb} ${countWords(action, count)}`

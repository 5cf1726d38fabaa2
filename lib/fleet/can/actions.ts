import type { HibernationSubject, SetSubject, VmSubject } from './subjects.ts'
import type { Verdict } from './verdict.ts'

/** Each action by what it is done to, and with which arguments; `void` where it takes none. */
export interface ActionTypes {
  hibernate: { subject: VmSubject; args: void }
  wake: { subject: VmSubject; args: void }
  /** `count` more sub-agents, asked of the set or of its main agent. */
  fork: { subject: VmSubject | SetSubject; args: { count: number } }
  /** A new CocoonSet from the VM's hibernate snapshot. */
  'fork-into-set': { subject: VmSubject; args: void }
  /** A pod of no set; `admission` is what a server-side dry run said, where one was made. */
  'fork-standalone': { subject: VmSubject; args: { admission?: { allowed: boolean; message: string } } }
  /** The pod is deleted, so that its set makes it anew. */
  restart: { subject: VmSubject; args: void }
  /** The pod is deleted for good: only for pods of no set. */
  'delete-vm': { subject: VmSubject; args: void }
  'remove-hibernation': { subject: HibernationSubject; args: void }
  suspend: { subject: SetSubject; args: void }
  resume: { subject: SetSubject; args: void }
  /** `replicas` is the number of sub-agents: the main agent is extra. */
  scale: { subject: SetSubject; args: { replicas: number } }
  /** `node` is where the main agent is to be; '' lifts the pin. */
  migrate: { subject: SetSubject; args: { node: string } }
  'edit-set': { subject: SetSubject; args: void }
  'delete-set': { subject: SetSubject; args: void }
  console: { subject: VmSubject; args: void }
  terminal: { subject: VmSubject; args: void }
  logs: { subject: VmSubject; args: void }
}

export type Action = keyof ActionTypes

export type SubjectOf<A extends Action> = ActionTypes[A]['subject']
export type ArgumentsOf<A extends Action> = ActionTypes[A]['args']

/** Whether each action may be done now, to this subject, with these arguments. */
export type Can = { [A in Action]: (subject: SubjectOf<A>, args: ArgumentsOf<A>) => Verdict }

import type { Action, SubjectOf } from './actions.ts'
import { holds, lackWords } from './rights.ts'
import type { Right, Rights } from './rights.ts'
import type { HibernationSubject, SetSubject, VmSubject } from './subjects.ts'
import type { Verdict } from './verdict.ts'

/** A right, and the object that it is needed for. */
interface Need {
  right: Right
  name: string
  /** Of what is made, which may be in another namespace than what it is made from. */
  made?: true
}

/** What an action writes goes first: that is what people ask their administrator for. */
type Needs<Subject> = (subject: Subject) => readonly Need[]

const readsVm = ({ vm }: Pick<VmSubject, 'vm'>): Need[] => [
  { right: 'get pods', name: vm.name },
  { right: 'get cocoonhibernations', name: vm.name },
]

interface Named {
  name: string
}

const readsSet = ({ set }: { set: Named }): Need[] => [
  { right: 'get cocoonsets', name: set.name },
  { right: 'get pods', name: `${set.name}-0` },
  { right: 'get cocoonhibernations', name: `${set.name}-0` },
]

const asks: Needs<VmSubject> = (subject) => {
  const { hibernation, name } = subject.vm
  const need: Need =
    hibernation === null
      ? { right: 'create cocoonhibernations', name }
      : { right: 'patch cocoonhibernations', name: hibernation.name }
  return [need, ...readsVm(subject)]
}

const onPod =
  (right: Right): Needs<VmSubject> =>
  (subject) => [{ right, name: subject.vm.name }, ...readsVm(subject)]

const onSet =
  (right: Right): Needs<SetSubject> =>
  (subject) => [{ right, name: subject.set.name }, ...readsSet(subject)]

const edits = (set: Named): Need[] => [{ right: 'update cocoonsets', name: set.name }, ...readsSet({ set })]

const looks =
  (...rights: readonly Right[]): Needs<VmSubject> =>
  ({ vm }) =>
    rights.map((right) => ({ right, name: vm.name }))

const forks: Needs<VmSubject | SetSubject> = (subject) => {
  if ('vms' in subject) return onSet('patch cocoonsets')(subject)
  const set = subject.vm.set ?? ''
  return [
    { right: 'patch cocoonsets', name: set },
    { right: 'get cocoonsets', name: set },
    ...readsVm(subject),
  ]
}

/** The rights that each action needs of whoever does it, as its write and what it reads have them (contract 10). */
export const NEEDS: { [A in Action]: Needs<SubjectOf<A>> } = {
  hibernate: asks,
  wake: asks,
  fork: forks,
  'fork-into-set': (subject) => [
    { right: 'create cocoonsets', name: subject.vm.name, made: true },
    ...readsVm(subject),
  ],
  'fork-standalone': onPod('create pods'),
  restart: onPod('delete pods'),
  'delete-vm': onPod('delete pods'),
  'remove-hibernation': ({ hibernation: { name } }: HibernationSubject) => [
    { right: 'delete cocoonhibernations', name },
    { right: 'get cocoonhibernations', name },
  ],
  suspend: onSet('patch cocoonsets'),
  resume: onSet('patch cocoonsets'),
  scale: onSet('patch cocoonsets'),
  migrate: onSet('patch cocoonsets'),
  'edit-set': ({ set }) => edits(set),
  'delete-set': onSet('delete cocoonsets'),
  console: looks('create pods/exec'),
  // A WebSocket begins with a GET.
  terminal: looks('create pods/exec', 'get pods/exec'),
  logs: looks('get pods/log'),
}

function firstLack(
  needs: readonly Need[],
  rights: Rights | undefined,
  into: Rights | undefined,
): string | null {
  for (const { right, name, made = false } of needs) {
    const there = made ? into : rights
    if (there !== undefined && holds(there, right, name) === false) return lackWords(right, there.namespace)
  }
  return null
}

/**
 * Which right is missing for an action, as a sentence: the first one; null when none is. What is not known is not
 * missing: the API server decides in any case.
 * @param into the rights where something is made, when that is in another namespace
 */
export const lackOf = <A extends Action>(
  action: A,
  subject: SubjectOf<A>,
  rights: Rights | undefined,
  into: Rights | undefined = rights,
): string | null =>
  // Thousands are judged before anything is known.
  rights === undefined && into === undefined ? null : firstLack(NEEDS[action](subject), rights, into)

/** The same for a set that is made from nothing. */
export const lackToCreate = (rights: Rights | undefined): string | null =>
  firstLack([{ right: 'create cocoonsets', name: '' }], rights, rights)

/** The same for editing a set that is in no list yet. */
export const lackToEdit = (set: Named, rights: Rights | undefined): string | null =>
  firstLack(edits(set), rights, rights)

/** The same for reading one. */
export const lackToRead = ({ name }: Named, rights: Rights | undefined): string | null =>
  firstLack([{ right: 'get cocoonsets', name }], rights, rights)

/** The same for a copy of a set. */
export const lackToClone = (
  { name }: Named,
  rights: Rights | undefined,
  into: Rights | undefined = rights,
): string | null =>
  firstLack(
    [
      { right: 'create cocoonsets', name: '', made: true },
      { right: 'get cocoonsets', name },
    ],
    rights,
    into,
  )

/** The same for looking at who did what, which is made of Events. */
export const lackToAudit = (rights: Rights | undefined): string | null =>
  firstLack([{ right: 'list events', name: '' }], rights, rights)

/** The verdict, unless a right is missing. */
export const unlessLacking = (lack: string | null, verdict: Verdict): Verdict =>
  lack === null ? verdict : { ok: false, reason: lack }

/**
 * The verdict for whoever has these rights: the first right that is missing, which no waiting gives, else what the rules
 * of the fleet say.
 */
export const withRights = <A extends Action>(
  action: A,
  subject: SubjectOf<A>,
  rights: Rights | undefined,
  verdict: Verdict,
  into: Rights | undefined = rights,
): Verdict => unlessLacking(lackOf(action, subject, rights, into), verdict)

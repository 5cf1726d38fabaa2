import type { Action, SubjectOf } from './actions.ts'
import { holds } from './rights.ts'
import type { Right, Rights } from './rights.ts'
import type { HibernationSubject, SetSubject, VmSubject } from './subjects.ts'
import type { Verdict } from './verdict.ts'

/** A right, and the object that it is needed for. */
interface Need {
  right: Right
  name: string
}

/** What an action writes goes first: that is what people ask their administrator for. */
type Needs<Subject> = (subject: Subject) => readonly Need[]

const readsVm = ({ vm }: Pick<VmSubject, 'vm'>): Need[] => [
  { right: 'get pods', name: vm.name },
  { right: 'get cocoonhibernations', name: vm.name },
]

const readsSet = ({ set }: Pick<SetSubject, 'set'>): Need[] => [
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

const looks =
  (right: Right): Needs<VmSubject> =>
  ({ vm }) => [{ right, name: vm.name }]

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
  'fork-into-set': onPod('create cocoonsets'),
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
  'edit-set': onSet('update cocoonsets'),
  'delete-set': onSet('delete cocoonsets'),
  console: looks('create pods/exec'),
  terminal: looks('create pods/exec'),
  logs: looks('get pods/log'),
}

/**
 * The verdict for whoever has these rights: the first right that is missing, which no waiting gives, else what the rules
 * of the fleet say. What is not known denies nothing: the API server decides in any case.
 */
export function withRights<A extends Action>(
  action: A,
  subject: SubjectOf<A>,
  rights: Rights | undefined,
  verdict: Verdict,
): Verdict {
  if (rights === undefined) return verdict
  const missing = NEEDS[action](subject).find(({ right, name }) => holds(rights, right, name) === false)
  if (missing === undefined) return verdict
  return { ok: false, reason: `You may not ${missing.right} in ${rights.namespace}.` }
}

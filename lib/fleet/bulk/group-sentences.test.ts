import { describe, expect, it } from 'vitest'
import type { Candidate } from './candidates.ts'
import { impersonal } from './group-sentences.ts'

const candidate = (kind: 'vm' | 'set', name: string, set: string, main: string): Candidate => ({
  target: { uid: name, namespace: 'ns', name },
  row: { kind, uid: name, namespace: 'ns', name },
  around: { set, vmName: `vk-${name}`, main, mainVmName: main === '' ? '' : `vk-${main}` },
  lack: null,
  verdict: { ok: false, reason: '' },
  write: () => null,
})

const FORK = candidate('vm', 'web-2', 'web', 'web-0')
const SET = candidate('set', 'web', 'web', 'web-0')

describe('a sentence about one of many', () => {
  it.each([
    [FORK, 'web-2 is hibernated already.', 'It is hibernated already.'],
    [
      FORK,
      'Node n1 is down, so web-2 cannot wake: bring web-2 back.',
      'Node n1 is down, so it cannot wake: bring it back.',
    ],
    [
      FORK,
      'Set web is suspended: resume it, then restart web-2.',
      'Its set is suspended: resume it, then restart it.',
    ],
    [FORK, 'Fork web-0 instead.', 'Fork its main agent instead.'],
    [FORK, 'web-22 and x-web-2 and web-2.old are others.', 'web-22 and x-web-2 and web-2.old are others.'],
    [FORK, 'Its last state is saved as vk-web-2:latest.', 'Its last state is saved as (VM name):latest.'],
    [
      FORK,
      'It comes back as a fork of vk-web-0, later.',
      'It comes back as a fork of its main agent, later.',
    ],
    [FORK, 'Done. web-2 is next. Set web too.', 'Done. It is next. Its set too.'],
    [FORK, 'The snapshot vk/web-2:hibernate goes.', 'The snapshot vk/web-2:hibernate goes.'],
    [SET, 'You may not patch cocoonsets in web.', 'You may not patch cocoonsets in web.'],
    [SET, 'Set web is suspended already.', 'It is suspended already.'],
    [SET, 'web-0 runs on node web already.', 'Its main agent runs on node it already.'],
    [candidate('vm', 'lone', '', ''), 'lone belongs to no set.', 'It belongs to no set.'],
  ])('%# %s', (who, sentence, expected) => {
    expect(impersonal(sentence, who)).toBe(expected)
  })
})

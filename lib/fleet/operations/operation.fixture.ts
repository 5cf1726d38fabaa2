import { ago } from '../arrange.fixture.ts'
import type { Operation } from './operation.ts'

/** A wake of a VM that runs since two minutes, unless said otherwise. */
export const anOperation = (over: Partial<Operation> = {}): Operation => ({
  uid: 'o1',
  kind: 'wake',
  on: 'vm',
  namespace: 'research',
  name: 'web-1',
  of: 'research/web-1',
  began: ago(2),
  ended: null,
  result: 'running',
  message: '',
  took: null,
  ...over,
})

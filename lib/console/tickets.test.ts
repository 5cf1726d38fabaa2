import { expect, it } from 'vitest'
import { createTickets } from './tickets.ts'
import type { Admission } from './tickets.ts'

const admission: Admission = {
  kind: 'vnc',
  who: 'ada',
  session: 'one',
  namespace: 'team',
  name: 'desk',
  uid: 'uid-desk',
  endpoint: { host: '10.0.0.9', port: 5900 },
}

it('opens what it was issued for, once', () => {
  const tickets = createTickets()
  const { ticket } = tickets.issue(admission) ?? { ticket: '' }
  expect(Buffer.from(ticket, 'base64url')).toHaveLength(32)
  expect(tickets.redeem(ticket)).toEqual(admission)
  expect(tickets.redeem(ticket)).toBeNull()
})

it('ends after thirty seconds', () => {
  let now = 0
  const tickets = createTickets(() => now)
  const first = tickets.issue(admission)
  now = 1
  const second = tickets.issue(admission)
  now = 30_000
  expect(tickets.redeem(first?.ticket ?? '')).toBeNull()
  expect(tickets.redeem(second?.ticket ?? '')).toEqual(admission)
})

it('issues no more than somebody can use, nor than there is room for', () => {
  let now = 0
  const tickets = createTickets(() => now)
  const issued = (who: string, times: number) =>
    Array.from({ length: times }, () => tickets.issue({ ...admission, who })).filter((one) => one !== null)
      .length
  expect(issued('ada', 300)).toBe(256)
  expect(Array.from({ length: 20 }, (_, index) => issued(`user ${index}`, 300)).reduce((a, b) => a + b)).toBe(
    4_096 - 256,
  )
  now = 30_000
  expect(issued('ada', 1)).toBe(1)
})

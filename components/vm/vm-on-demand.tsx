'use client'

import { useQuery } from '@tanstack/react-query'
import { RotateCw, User } from 'lucide-react'
import type { ReactNode } from 'react'
import type { VmCondition, VmDetail, VmEvent } from '../../lib/fleet/vm-detail.ts'
import { whoWords } from '../../lib/fleet/trail/words.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Age } from './age.tsx'
import { vmDetailQuery } from './vm-detail-query.ts'
import { queryClient } from '../ui/query-client.ts'

function Events({ events }: { events: readonly VmEvent[] }) {
  if (events.length === 0) return <p className="text-sm text-faint">None that the cluster still remembers.</p>
  return (
    <ol className="space-y-2">
      {events.map((event) => (
        <li
          key={`${event.reason} ${event.lastSeen} ${event.message}`}
          data-phase={event.type === 'Warning' ? 'unreachable' : 'ready'}
          className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-2.5 text-sm"
        >
          <span aria-hidden className="mt-[6px] size-[7px] rounded-full bg-phase" />
          <span className="min-w-0 break-words">
            <bdi className="font-medium">{event.reason}</bdi>
            {event.count > 1 && <span className="text-faint"> × {event.count}</span>}
            {event.by !== '' && (
              <span className="event-by">
                <User aria-hidden size={11} strokeWidth={2} />
                <bdi>{whoWords(event.by)}</bdi>
              </span>
            )}
            <bdi className="block text-xs text-muted">{event.message}</bdi>
          </span>
          <span className="text-xs text-faint">
            <Age since={event.lastSeen} />
          </span>
        </li>
      ))}
    </ol>
  )
}

function Conditions({ conditions }: { conditions: readonly VmCondition[] }) {
  return (
    <ul className="space-y-1.5 text-sm">
      {conditions.map(({ type, status, reason, message, lastTransitionTime }) => (
        <li key={type} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2">
          <span className="min-w-0 break-words">
            <bdi className="font-medium">{type}</bdi> <bdi className="text-muted">{status}</bdi>
            {(reason !== '' || message !== '') && (
              <bdi className="block text-xs text-muted">{[reason, message].filter(Boolean).join(': ')}</bdi>
            )}
          </span>
          <span className="text-xs text-faint">
            <Age since={lastTransitionTime} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Pairs({ pairs }: { pairs: Record<string, string> }) {
  return (
    <dl className="space-y-1.5 font-mono text-xs">
      {Object.entries(pairs).map(([key, value]) => (
        <div key={key}>
          <dt className="break-all text-muted">{key}</dt>
          <dd className="break-all whitespace-pre-wrap">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-t border-line px-4 py-3">
      <div className="mb-1.5 flex h-5 items-center justify-between">
        <h3 className="text-xs font-medium text-faint">{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}

function Loaded({ detail }: { detail: VmDetail }) {
  const { conditions, annotations, labels, problems } = detail
  return (
    <>
      {problems.map((problem) => (
        <p key={problem} data-phase="unreachable" className="px-4 pb-2 text-xs text-phase-ink">
          <bdi>{problem}</bdi>
        </p>
      ))}
      {conditions.length > 0 && (
        <Section title="Conditions of the pod">
          <Conditions conditions={conditions} />
        </Section>
      )}
      <Disclosure title={`Annotations (${Object.keys(annotations).length})`}>
        <Pairs pairs={annotations} />
      </Disclosure>
      <Disclosure title={`Labels (${Object.keys(labels).length})`}>
        <Pairs pairs={labels} />
      </Disclosure>
    </>
  )
}

/** What the fleet's stream does not carry: asked when somebody looks. */
export function VmOnDemand({ vm }: { vm: Vm }) {
  const { data, error, isPending, isFetching, refetch } = useQuery(vmDetailQuery(vm), queryClient())
  const again = () => void refetch()
  return (
    <>
      <Section
        title="Events"
        aside={
          <IconButton label="Ask again" className="!size-6" disabled={isFetching} onClick={again}>
            <RotateCw aria-hidden size={12} strokeWidth={1.9} className={isFetching ? 'animate-spin' : ''} />
          </IconButton>
        }
      >
        {isPending && (
          <div aria-busy className="space-y-2">
            <Skeleton width="70%" />
            <Skeleton width="52%" />
          </div>
        )}
        {error !== null && (
          <div data-phase="failed" className="space-y-2 text-sm">
            <p className="text-phase-ink">
              <bdi>{error.message}</bdi>
            </p>
            <Button onClick={again}>Ask again</Button>
          </div>
        )}
        {data !== undefined && <Events events={data.events} />}
      </Section>
      {data !== undefined && <Loaded detail={data} />}
    </>
  )
}

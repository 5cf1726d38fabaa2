'use client'

import type { ReactNode } from 'react'
import { formatDuration, formatMoment } from '../../lib/fleet/duration.ts'
import type { DemoUser, SignedIn } from '../../lib/fleet/session.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { useNow } from '../ui/use-now.ts'
import { Avatar } from './avatar.tsx'
import { MEANS } from './person-words.ts'

/** Some identity providers name dozens. */
const MOST_GROUPS = 8

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[92px_minmax(0,1fr)] gap-x-2 py-1">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}

function Groups({ groups }: { groups: readonly string[] }) {
  const more = groups.slice(MOST_GROUPS)
  return (
    <ul className="flex flex-wrap gap-1">
      {groups.slice(0, MOST_GROUPS).map((group) => (
        <li key={group} className="tag" data-tip={group}>
          <bdi className="truncate">{group}</bdi>
        </li>
      ))}
      {more.length > 0 && (
        <li className="tag" data-tip={more.join('\n')}>
          {more.length} more
        </li>
      )}
    </ul>
  )
}

/** Who is signed in, in which groups, how the cluster is asked for them, and until when. */
export function PersonFacts({ signedIn, demoUsers }: { signedIn: SignedIn; demoUsers: readonly DemoUser[] }) {
  const { name, groups, means, since, expiresAt, demoUser } = signedIn
  const now = useNow(1_000)
  const title = demoUsers.find(({ id }) => id === demoUser)?.title
  return (
    <div>
      <div className="flex items-center gap-2.5 pb-1.5">
        <Avatar name={name} />
        <div className="min-w-0">
          <p className="font-bold wrap-anywhere">
            <bdi>{name}</bdi>
          </p>
          {title !== undefined && <p className="text-xs text-muted">{title}</p>}
        </div>
      </div>
      <dl className="text-xs">
        {groups.length > 0 && (
          <Line name="Groups">
            <Groups groups={groups} />
          </Line>
        )}
        <Line name="Credentials">{MEANS[means]}</Line>
        {since !== null && (
          <Line name="Signed in">
            <RelativeTime
              text={`${formatDuration(now - Date.parse(since))} ago`}
              iso={since}
              exact={formatMoment(since)}
            />
          </Line>
        )}
        {expiresAt !== null && (
          <Line name="Session ends">
            <RelativeTime
              text={`in ${formatDuration(Date.parse(expiresAt) - now)}`}
              iso={expiresAt}
              exact={formatMoment(expiresAt)}
            />
          </Line>
        )}
      </dl>
    </div>
  )
}

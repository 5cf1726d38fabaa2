'use client'

import type { ResourceFreshness, WatchedResource } from '../../lib/fleet/freshness.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { useSession } from '../../lib/live/session-provider.tsx'
import { subjectFlag } from '../session/person-words.ts'
import { grantCommands, grantTeamCommands, grantYouCommands, installedCommand } from './grant-commands.ts'
import { RESOURCE_WORDS } from './resource-words.ts'

/** How kubectl is told of whoever is signed in; undefined where nobody is. */
function useSubject(): string | undefined {
  const session = useSession()
  const signedIn = session.kind === 'in' ? session.document.signedIn : null
  return signedIn === null || signedIn.means === 'dashboard' ? undefined : subjectFlag(signedIn.name)
}

/** For somebody who may not list a single VM: that this says nothing of the fleet, and what to ask for. */
export function NoSightHelp() {
  return (
    <div className="flex flex-col gap-2.5 text-sm text-muted">
      <p>
        You may not <b className="font-bold text-text">list pods</b> in any namespace where there are VMs, so
        none can be shown. That says nothing of how many there are.
      </p>
      <p>
        Ask somebody who administers the cluster for a role in the namespaces of your team. These commands let
        you look; to act on VMs, too, ask for the role cocoon-team-operator of the dashboard’s manifests:
      </p>
      <CodeBlock name="commands" code={grantTeamCommands(useSubject())} />
      <p>The page notices by itself.</p>
    </div>
  )
}

/** Which right is missing, what is not known without it, and the commands that grant it. */
export function ForbiddenHelp({
  name,
  fresh,
}: {
  name: WatchedResource
  fresh: ResourceFreshness | undefined
}) {
  const { resource, without } = RESOURCE_WORDS[name]
  const yours = fresh?.yours === true
  const subject = useSubject()
  return (
    <div className="flex flex-col gap-2.5 text-sm text-muted">
      {yours ? (
        <p>
          There are no {resource} in this cluster that you may <b className="font-bold text-text">list</b>.{' '}
          {without}
        </p>
      ) : (
        <p>
          The dashboard may not <b className="font-bold text-text">list and watch {resource}</b> in this
          cluster. {without}
        </p>
      )}
      {!yours && fresh !== undefined && fresh.message !== '' && (
        <p>
          The API says: <bdi className="font-mono text-xs break-words">{fresh.message}</bdi>
        </p>
      )}
      <p>
        {yours
          ? 'Somebody who administers the cluster can grant it to you:'
          : 'Somebody who may can grant it. Put the dashboard’s service account for NAMESPACE:NAME:'}
      </p>
      <CodeBlock name="commands" code={yours ? grantYouCommands(name, subject) : grantCommands(name)} />
      <p>The page notices by itself.</p>
    </div>
  )
}

/** Which resource the cluster does not serve, and what brings it. */
export function MissingHelp({ name }: { name: WatchedResource }) {
  const { resource, without } = RESOURCE_WORDS[name]
  return (
    <div className="flex flex-col gap-2.5 text-sm text-muted">
      <p>
        This cluster does not serve <b className="font-bold text-text">{resource}</b>. {without}
      </p>
      <p>
        The resource comes with cocoon-operator: install its custom resource definitions and the operator, and
        the page notices by itself. To see whether it is there:
      </p>
      <CodeBlock name="command" code={installedCommand(name)} />
    </div>
  )
}

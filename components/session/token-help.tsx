import { CodeBlock } from '../ui/code-block.tsx'
import { Disclosure } from '../ui/disclosure.tsx'

const ASK = 'kubectl create token NAME -n NAMESPACE'

const GRANT = [
  'kubectl create rolebinding NAME-views \\',
  '  --clusterrole=cocoon-team-viewer \\',
  '  --serviceaccount=NAMESPACE:NAME -n NAMESPACE',
].join('\n')

/** Where a token comes from, and what its account needs. */
export function TokenHelp() {
  return (
    <div className="space-y-2.5 border-t border-line pt-3.5 text-muted">
      <h2 className="font-medium text-text">Where to get a token</h2>
      <p>
        Any bearer token that the cluster’s API server accepts will do. One of a ServiceAccount, good for an
        hour:
      </p>
      <CodeBlock name="the command" code={ASK} />
      <Disclosure title="What the account needs" look="inline">
        <div className="space-y-2.5">
          <p>
            You see and do here what the account may see and do in the cluster, no more. To see the VMs of a
            namespace it must be allowed to list pods, CocoonSets and CocoonHibernations there; the role
            cocoon-team-viewer comes with the dashboard’s manifests:
          </p>
          <CodeBlock name="the command that grants it" code={GRANT} />
        </div>
      </Disclosure>
      <p className="text-xs">
        The token is kept encrypted in a cookie that no script can read, until you sign out or the session
        ends.
      </p>
    </div>
  )
}

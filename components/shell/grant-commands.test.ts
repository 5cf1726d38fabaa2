import { describe, expect, it } from 'vitest'
import { grantCommands, grantTeamCommands, grantYouCommands, installedCommand } from './grant-commands.ts'

describe('what to type about a resource', () => {
  it('grants reading to an identity that is still to be named', () => {
    expect(grantCommands('nodes')).toBe(
      'kubectl create clusterrole cocoon-dashboard-nodes \\\n  --verb=get,list,watch --resource=nodes\n' +
        'kubectl create clusterrolebinding cocoon-dashboard-nodes \\\n' +
        '  --clusterrole=cocoon-dashboard-nodes --serviceaccount=NAMESPACE:NAME',
    )
  })

  it('grants it to whoever looks, in a namespace unless it has none', () => {
    expect(grantYouCommands('cocoonsets', '--user=vera')).toContain('  --user=vera --namespace=NAMESPACE')
    expect(grantYouCommands('nodes', '--user=vera')).toMatch(
      /clusterrolebinding .*\\\n.*\\\n {2}--user=vera$/,
    )
    expect(grantYouCommands('pods')).toContain('--user=USER')
  })

  it('grants all that a VM is shown from at once', () => {
    const commands = grantTeamCommands('--serviceaccount=qa:bot')
    expect(commands).toContain(
      '  --verb=get,list,watch \\\n  --resource=pods \\\n  --resource=cocoonsets.cocoonset.cocoonstack.io \\\n',
    )
    expect(commands).toContain('  --resource=cocoonhibernations.cocoonset.cocoonstack.io\n#')
    expect(commands).toContain('  --serviceaccount=qa:bot --namespace=NAMESPACE')
  })

  it('names custom resources with their group', () => {
    expect(grantCommands('cocoonsets')).toContain('--resource=cocoonsets.cocoonset.cocoonstack.io')
    expect(installedCommand('cocoonsets')).toBe('kubectl get crd cocoonsets.cocoonset.cocoonstack.io')
  })
})

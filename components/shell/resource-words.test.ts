import { describe, expect, it } from 'vitest'
import { grantCommands, installedCommand } from './resource-words.ts'

describe('what to type about a resource', () => {
  it('grants reading to an identity that is still to be named', () => {
    expect(grantCommands('nodes')).toBe(
      'kubectl create clusterrole cocoon-dashboard-nodes \\\n  --verb=get,list,watch --resource=nodes\n' +
        'kubectl create clusterrolebinding cocoon-dashboard-nodes \\\n' +
        '  --clusterrole=cocoon-dashboard-nodes --serviceaccount=NAMESPACE:NAME',
    )
  })

  it('names custom resources with their group', () => {
    expect(grantCommands('cocoonsets')).toContain('--resource=cocoonsets.cocoonset.cocoonstack.io')
    expect(installedCommand('cocoonsets')).toBe('kubectl get crd cocoonsets.cocoonset.cocoonstack.io')
  })
})

/** Resources, by id, whose deletion is answered with what was deleted; all others answer a Status. */
export const RETURNED_WHEN_DELETED: ReadonlySet<string> = new Set([
  'persistentvolumeclaims',
  'persistentvolumes',
  'pods',
  'podtemplates',
  'resourcequotas',
  'serviceaccounts',
  'services',
  'storageclasses.storage.k8s.io',
])

import { BulkHost } from '../components/bulk/bulk-host.tsx'
import { FleetPage } from '../components/fleet/fleet-page.tsx'

/** The fleet is the first page. */
export default function Page() {
  return (
    <BulkHost>
      <FleetPage />
    </BulkHost>
  )
}

import type { Resource } from '../../../shared/operation/operation';
import { accountStatistics } from './account.operation';
import { servicerStatistics } from './servicer.operation';

export const statistics: Resource = {
	name: 'Statistics',
	value: 'statistics',
	operations: [accountStatistics, servicerStatistics],
	defaultOperation: accountStatistics,
};

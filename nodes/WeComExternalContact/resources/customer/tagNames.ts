import type { FollowInfo } from '../../../shared/client/customers/types';
import type { TagLibrary } from '../../../shared/client/tags/tags';
import type { RowStyle } from './row';

/** The tag library is read for customers who have tags, and for no others. */
export async function tagNames(
	follows: readonly FollowInfo[],
	library: () => Promise<TagLibrary>,
): Promise<RowStyle['tagName']> {
	if (follows.every(({ tag_id = [] }) => tag_id.length === 0)) return () => undefined;
	const known = await library();
	return (tagId) => known.nameOf(tagId);
}

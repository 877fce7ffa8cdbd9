import { kindOf } from '../../../nodes/shared/client/media/fileRules';
import { countingFile } from './countingFile';

it.each([
	['image/webp', 'a.png', 'image'],
	['IMAGE/JPEG', 'a', 'image'],
	['video/mp4', 'a', 'video'],
	['application/pdf', 'cover.jpg', 'file'],
	['', 'cover.JPEG', 'image'],
	['application/octet-stream', 'archive.tar.gz', 'file'],
	['application/octet-stream', 'constructor', 'file'],
	['application/octet-stream', 'a.constructor', 'file'],
])('takes %s named %s for %s', (mimeType, fileName, kind) => {
	expect(kindOf({ ...countingFile(Buffer.alloc(0)).file, mimeType, fileName })).toBe(kind);
});

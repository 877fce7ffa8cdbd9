import type { ErrorCodes } from '../core/errorCodes';
import { code } from '../core/errorCodes';

/** Codes of doc 90313 about files and media. */
export const mediaErrorCodes: ErrorCodes = {
	40004: code('input', 'The file type is not allowed', 'Images must be JPG or PNG, videos MP4.'),
	40005: code('input', 'The media type is not valid', 'Use image, video or file.'),
	40006: code(
		'input',
		'The file size is not allowed',
		'Images and videos may have up to 10 MB, files up to 20 MB. Every file needs more than 5 bytes.',
	),
	40007: code(
		'input',
		'WeCom refused the media ID',
		'A media ID is valid for 3 days and must come from Media > Upload in the same corporation. Upload the file again.',
	),
	40009: code(
		'input',
		'The image size is not allowed',
		'Images must be JPG or PNG and may have up to 10 MB.',
	),
	40011: code(
		'input',
		'The video size is not allowed',
		'Videos must be MP4 and may have up to 10 MB.',
	),
	40123: code('input', 'The image is not valid', 'Use an undamaged JPG or PNG.'),
	41080: code('input', 'The attachment is too large', 'Use a smaller file.'),
	41081: code('input', 'The resolution of the image is too high', 'Use a smaller image.'),
	41082: code('input', 'The video is too long', 'Use a shorter video.'),
	41090: code('input', 'The video is not MP4', 'Use an undamaged MP4 file.'),
	41072: code(
		'input',
		'The media was uploaded for another use',
		'Upload it again with Media > Upload.',
	),
	44001: code('input', 'The file is empty', 'Check the binary field of the item.'),
	45001: code(
		'input',
		'The file is too large',
		'Images and videos may have up to 10 MB, files up to 20 MB.',
	),
	830002: code(
		'input',
		'The file has more than 20 MB, so WeCom does not give it in one piece',
		'Open it in WeCom.',
	),
};

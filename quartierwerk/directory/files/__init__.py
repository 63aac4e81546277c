"""Lists in and out. imports/ reads what others keep, exports/ writes; what both agree on lies here beside them."""

#ifndef WHARF_CFFI_SHIM_H
#define WHARF_CFFI_SHIM_H

#include <ffi.h>

/* The library's description of a type; the types themselves are variables, which Swift does not let threads share. */
static inline ffi_type *_Nullable cffi_type(int code) {
  switch (code) {
  case FFI_TYPE_VOID: return &ffi_type_void;
  case FFI_TYPE_UINT8: return &ffi_type_uint8;
  case FFI_TYPE_UINT16: return &ffi_type_uint16;
  case FFI_TYPE_UINT32: return &ffi_type_uint32;
  case FFI_TYPE_SINT32: return &ffi_type_sint32;
  case FFI_TYPE_UINT64: return &ffi_type_uint64;
  case FFI_TYPE_SINT64: return &ffi_type_sint64;
  case FFI_TYPE_DOUBLE: return &ffi_type_double;
  case FFI_TYPE_POINTER: return &ffi_type_pointer;
  default: return 0;
  }
}

#endif
